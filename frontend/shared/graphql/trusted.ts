/** A document that the server knows by its hash. */
import type { DocumentNode } from 'graphql'

export interface TrustedDocument extends DocumentNode {
  documentId: string
  operationName: string
  text?: string
}

export function trusted(documentId: string, name: string, operation: string, text?: string): TrustedDocument {
  return {
    kind: 'Document',
    documentId,
    operationName: name,
    ...(text ? { text } : {}),
    definitions: [{ kind: 'OperationDefinition', operation, name: { kind: 'Name', value: name } }],
    // With a place given, urql does not print the document again.
    loc: { start: 0, end: 0, source: { body: documentId, name, locationOffset: { line: 1, column: 1 } } },
  } as unknown as TrustedDocument
}
