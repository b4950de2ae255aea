/**
 * `graphql` gives a document its types from the schema of the API. It exists for the type checker only: the build
 * replaces each call by the name of its trusted document (see build/documents.ts), so no text reaches the browser.
 */
import type { initGraphQLTada } from 'gql.tada'
import type { introspection } from './schema-env.d.ts'

type Scalars = { Date: string; DateTime: string; BigInt: number; JSON: unknown; ID: string }

export const graphql = missing as unknown as initGraphQLTada<{
  introspection: introspection
  scalars: Scalars
  disableMasking: true
}>

function missing(): never {
  throw new Error('graphql() was not replaced by the build; documents live in .ts files')
}

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada'
