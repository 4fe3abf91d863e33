import ipaddr from 'ipaddr.js'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

/** All of IPv6 that is given out (IANA); what lies beside it reaches machines at home at best. */
const global = ipaddr.parseCIDR('2000::/3')

/**
 * Whether an address is one of the public internet, for one machine: not of a network of one's own, not reserved, and
 * none that stands for an IPv4 address behind a translator (6to4, NAT64, Teredo), which could be any.
 */
export function isPublic(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(global))
}

/** Whether an address is in one of these networks. */
export function isIn(networks: Network[], text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.process(text)
  return networks.some(network => address.kind() === network[0].kind() && address.match(network))
}

/** Networks as `WEBHOOK_ALLOW` names them: `10.1.0.0/16, fd00::/8`. */
export const readNetworks = (text: string): Network[] =>
  partsOf(text).map(part => ipaddr.parseCIDR(part))

export const areNetworks = (text: string): boolean =>
  partsOf(text).every(part => ipaddr.isValidCIDR(part))

const partsOf = (text: string) =>
  text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)
