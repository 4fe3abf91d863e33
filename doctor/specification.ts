import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec'

type Database = ReturnType<typeof loadAwsServiceSpecSync>
export type Shape = NonNullable<ReturnType<typeof resourceType>>
export type Properties = Shape['properties']
export type PropertyType = Properties[string]['type']

let loaded: Database | undefined

/** Every resource type of CloudFormation, as the CDK knows them; read once, in some 0.4 s. */
function database(): Database {
  loaded ??= loadAwsServiceSpecSync()
  return loaded
}

/** What a resource type has, or nothing if there is none of this name. */
export function resourceType(name: string) {
  const [found] = database().lookup('resource', 'cloudFormationType', 'equals', name)
  return found
}

/** The properties of a type within a type. */
export function typeProperties(reference: { $ref: string }): Properties {
  return database().get('typeDefinition', reference.$ref).properties
}

/** All names of a service's types, to suggest one of. */
export function similarTypes(name: string): string[] {
  const service = name.split('::').slice(0, 2).join('::')
  return database()
    .all('resource')
    .map(({ cloudFormationType }) => cloudFormationType)
    .filter(type => type.toLowerCase().startsWith(`${service}::`.toLowerCase()))
}
