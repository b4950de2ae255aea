/** The client of a face. */
import { Client, type CombinedError } from '@urql/core'
import { inlined, memory, network, watchErrors } from './exchanges'
import { readInlined } from './inlined'

export function makeClient(onSignInRequired: () => void): Client {
  readInlined()
  return new Client({
    url: '/graphql',
    requestPolicy: 'cache-and-network',
    exchanges: [
      watchErrors((error, operation) => {
        if (operation.context['quiet'] !== true && codesOf(error).includes('SIGN_IN_REQUIRED')) onSignInRequired()
      }),
      memory,
      inlined,
      network,
    ],
  })
}

export function codesOf(error: CombinedError | undefined): string[] {
  return (error?.graphQLErrors ?? []).map((each) => String(each.extensions['code'] ?? ''))
}
