/** The ways to pay. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const PaymentProvidersQuery = graphql(`
  query PaymentProviders { paymentProviders { name label note isChosen canHold waitsDays fromAmount { minor currency } } }
`)

export const ChoosePaymentMutation = graphql(`
  mutation ChoosePayment($input: ChoosePaymentInput!) {
    choosePayment(input: $input) { payment { id payUrl } errors { code message field details } }
  }
`)

export const ConfirmPaymentMutation = graphql(`
  mutation ConfirmPayment($input: ConfirmPaymentInput!) {
    confirmPayment(input: $input) { payment { id payUrl } errors { code message field details } }
  }
`)

export type Way = ResultOf<typeof PaymentProvidersQuery>['paymentProviders'][number]
