/** Passkeys and proofs: what the shop is asked and told. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const SecurityQuery = graphql(`
  query Security { viewer { id confirmFrom { minor currency } passkeys { id name madeAt usedAt isDoubted } } }
`)
export const StartPasskeyMutation = graphql(`
  mutation StartPasskey($input: StartPasskeyInput!) { startPasskey(input: $input) { challenge { id options } errors { code message field details } } }
`)
export const AddPasskeyMutation = graphql(`
  mutation AddPasskey($input: AddPasskeyInput!) { addPasskey(input: $input) { passkey { id } errors { code message field details } } }
`)
export const RenamePasskeyMutation = graphql(`
  mutation RenamePasskey($input: RenamePasskeyInput!) { renamePasskey(input: $input) { passkey { id name } errors { code message field details } } }
`)
export const RemovePasskeyMutation = graphql(`
  mutation RemovePasskey($input: RemovePasskeyInput!) { removePasskey(input: $input) { removedId errors { code message field details } } }
`)
export const ChooseConfirmFromMutation = graphql(`
  mutation ChooseConfirmFrom($input: ChooseConfirmFromInput!) { chooseConfirmFrom(input: $input) { confirmFrom { minor currency } errors { code message field details } } }
`)
export const StartProofMutation = graphql(`
  mutation StartProof($input: StartProofInput!) { startProof(input: $input) { challenge { id options } errors { code message field details } } }
`)
export const ProveByPasskeyMutation = graphql(`
  mutation ProveByPasskey($input: ProveByPasskeyInput!) { proveByPasskey(input: $input) { until errors { code message field details } } }
`)
export const SendProofCodeMutation = graphql(`
  mutation SendProofCode($input: SendProofCodeInput!) { sendProofCode(input: $input) { sentTo errors { code message field details } } }
`)
export const ProveByCodeMutation = graphql(`
  mutation ProveByCode($input: ProveByCodeInput!) { proveByCode(input: $input) { until errors { code message field details } } }
`)

export type Passkey = NonNullable<ResultOf<typeof SecurityQuery>['viewer']>['passkeys'][number]
