/** An order as a program sends it, for the documentation of the API. */
export const example = {
  number: '2026-1123',
  issuedOn: '2026-11-23',
  transactionOn: '2026-11-20',
  dueOn: '2026-12-31',
  issuer: {
    name: '株式会社まめや珈琲',
    address: '東京都渋谷区神宮前一丁目2番3号',
    registrationNumber: 'T9234567890123'
  },
  recipient: { name: '髙﨑商店', honorific: '御中' },
  lines: [{ description: '生豆 20kg', quantity: 3, unit: '袋', unitPrice: 28400, taxRate: 8 }]
}
