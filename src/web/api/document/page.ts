import { type Html, html } from '../../../html.ts'
import { type Language, speak } from '../../../language.ts'
import { page } from '../../../page.ts'
import { fieldTable } from './field-table.ts'
import type { Document, Media, Operation } from './reading.ts'

/** The document as a page for people; what it says of each operation is in English, as its errors are. */
export function documentPage(document: Document, language: Language): string {
  const t = speak(language)
  const title = t('APIの説明', 'The API')
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  )
  const body = html`<h1>${title}</h1>
<p>${t('すべてのリクエストに、運用者から受け取ったキーを付けます。', 'Every request carries a key of the operator.')}</p>
${language === 'ja' && html`<p class="hint">各操作の詳しい説明と応答の文は、APIが返すものと同じ英語です。</p>`}
<pre>Authorization: Bearer bl_…</pre>
<p><a href="/api/openapi.json">OpenAPI 3.1 (JSON)</a></p>
<nav aria-label="${t('目次', 'Contents')}"><ul class="operations">${operations.map(
    ({ operation }) =>
      html`<li><a href="#${operation.operationId}">${titleOf(operation, language)}</a></li>`
  )}</ul></nav>
${operations.map(one => section(one.path, one.method, one.operation, language))}`
  return page({ title, language, body, path: '/api/docs' })
}

function titleOf(operation: Operation, language: Language) {
  return language === 'ja' ? operation['x-ja'] : operation.summary
}

function section(path: string, method: string, operation: Operation, language: Language): Html {
  const t = speak(language)
  const { operationId, description, parameters = [], requestBody, security } = operation
  const [type, media] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const scopes = security.flatMap(one => one['key'] ?? [])
  const inUrl = Object.fromEntries(
    parameters.map(({ name, description, schema }) => [
      name,
      { ...schema, ...(description && { description }) }
    ])
  )
  const required = parameters.filter(one => one.required).map(({ name }) => name)
  return html`<section class="operation" aria-labelledby="${operationId}">
<h2 id="${operationId}">${titleOf(operation, language)}</h2>
<p><code class="method">${method.toUpperCase()}</code> <code>${path}</code></p>
${description && html`<p lang="en">${description}</p>`}
<p class="hint">${t('必要な権限', 'Scope')}: ${scopes.length > 0 ? scopes.map((scope, at) => html`${at > 0 && t(' または ', ' or ')}<code>${scope}</code>`) : t('どのキーでも', 'any key')}</p>
${parameters.length > 0 && fieldTable(t('パラメーター', 'Parameters'), { properties: inUrl, required }, language)}
${media && html`<p>${t('本文', 'Body')}: <code>${type}</code></p>`}
${media?.schema.properties && fieldTable(t('項目', 'Fields'), media.schema, language)}
${media && example(media, t('例', 'Example'))}
${answers(operation, language)}
</section>`
}

function example({ example }: Media, label: string) {
  if (example === undefined) return false
  return html`<details><summary>${label}</summary><pre tabindex="0">${JSON.stringify(example, null, 2)}</pre></details>`
}

function answers({ responses }: Operation, language: Language) {
  const t = speak(language)
  return html`<details><summary>${t('応答', 'Answers')}</summary><dl class="answers" lang="en">${Object.entries(
    responses
  ).map(
    ([status, { description, content }]) =>
      html`<dt><code>${status}</code> ${description}</dt><dd>${shown(content['application/json'])}</dd>`
  )}</dl></details>`
}

/** Of a failure its sentence, of anything else the whole of it. */
function shown(media: Media | undefined) {
  const { error } = (media?.example ?? {}) as { error?: { message: string } }
  if (error) return html`${error.message}`
  return html`<pre tabindex="0">${JSON.stringify(media?.example, null, 2)}</pre>`
}
