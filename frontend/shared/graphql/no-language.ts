/**
 * Stands in for the GraphQL language that urql brings: documents are trusted and known by their hash, so nothing is
 * parsed or printed in the browser. Saves three kilobytes on the first screen.
 */
export const Kind = { OPERATION_DEFINITION: 'OperationDefinition', FIELD: 'Field', FRAGMENT_DEFINITION: 'FragmentDefinition' } as const

export class GraphQLError extends Error {
  readonly path: readonly (string | number)[] | undefined
  readonly extensions: Record<string, unknown>

  constructor(message: string, ...[, , , path, , extensions]: [unknown?, unknown?, unknown?, (readonly (string | number)[])?, unknown?, Record<string, unknown>?]) {
    super(message)
    this.name = 'GraphQLError'
    this.path = path
    this.extensions = extensions ?? {}
  }
}

export function parse(): never {
  throw new Error('Only trusted documents; texts are not parsed in the browser')
}

export const print = parse
