import type { Rule } from './finding.ts'
import { balancerIdle, certificate, httpsListener } from './rules/balancer.ts'
import { bodySizes } from './rules/body.ts'
import { bundleExtras, bundleImports, bundleNeeds, ebignore } from './rules/bundle.ts'
import { resourceProperties, resourceTypes, templateKeys } from './rules/cloudformation.ts'
import { containerCommands, migrates } from './rules/container-command.ts'
import { sqsdCopies } from './rules/copy.ts'
import { availability, deploymentPolicy, groupSizes } from './rules/deployment.ts'
import { exposure } from './rules/exposure.ts'
import {
  extensionKeys,
  extensionNames,
  leaderTest,
  optionForm,
  tierNeutral
} from './rules/extension.ts'
import { healthReporting } from './rules/health.ts'
import { hookPlaces, hookScripts } from './rules/hook.ts'
import { nginxDuplicates, nginxOverridden, nginxPlaces, nginxTest } from './rules/nginx.ts'
import { npmSettings } from './rules/npm.ts'
import { optionNames, optionNamespaces, optionValues } from './rules/option.ts'
import { placeholders, renderedPlaceholders } from './rules/output.ts'
import { packageImports, packageLock, packageScripts } from './rules/package.ts'
import { platformBranch } from './rules/platform.ts'
import { procfileCommand, procfileForm } from './rules/procfile.ts'
import {
  completeProperties,
  knownProperties,
  propertyNames,
  propertySize,
  propertyValues,
  region,
  tierProperty
} from './rules/property.ts'
import {
  deadLetterQueue,
  fifoCron,
  queueRetention,
  queueVisibility,
  receives,
  workerQueue
} from './rules/queue.ts'
import { attributes, references } from './rules/reference.ts'
import { instanceProfile, rights } from './rules/right.ts'
import {
  cronFields,
  cronRoutes,
  cronSyntax,
  cronTasks,
  healthCheck,
  httpPath
} from './rules/route.ts'
import { scalingTarget, scalingTrigger } from './rules/scaling.ts'
import {
  bundleSecrets,
  databaseTls,
  plainSecrets,
  secretArns,
  sharedPlaces
} from './rules/secret.ts'
import { linkDays } from './rules/storage.ts'
import { duplicateKeys, syntax } from './rules/syntax.ts'
import { errorVisibility, timeoutChain } from './rules/timeout.ts'

export { syntax }

/** All that the doctor looks at, in the order of `--list`. */
export const rules: readonly Rule[] = [
  syntax,
  duplicateKeys,

  extensionKeys,
  extensionNames,
  optionForm,
  leaderTest,
  containerCommands,
  migrates,
  tierNeutral,
  optionNamespaces,
  optionNames,
  optionValues,

  sqsdCopies,
  timeoutChain,
  errorVisibility,
  queueVisibility,
  queueRetention,
  deadLetterQueue,
  receives,
  workerQueue,
  fifoCron,
  bodySizes,
  linkDays,

  propertyNames,
  propertyValues,
  propertySize,
  knownProperties,
  completeProperties,
  tierProperty,
  region,
  plainSecrets,
  secretArns,
  databaseTls,
  sharedPlaces,

  cronSyntax,
  cronFields,
  cronRoutes,
  cronTasks,
  httpPath,
  healthCheck,

  procfileForm,
  procfileCommand,
  packageScripts,
  packageImports,
  packageLock,
  npmSettings,
  bundleNeeds,
  bundleImports,
  bundleExtras,
  bundleSecrets,
  ebignore,
  hookPlaces,
  hookScripts,
  nginxPlaces,
  nginxDuplicates,
  nginxOverridden,
  nginxTest,

  platformBranch,
  deploymentPolicy,
  availability,
  groupSizes,
  certificate,
  httpsListener,
  balancerIdle,
  healthReporting,
  instanceProfile,
  rights,
  exposure,
  scalingTarget,
  scalingTrigger,

  templateKeys,
  resourceTypes,
  resourceProperties,
  references,
  attributes,
  placeholders,
  renderedPlaceholders
]
