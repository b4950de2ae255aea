/** Invoices, and orders that are over. */
import { graphql } from '@/shared/graphql'

export const OrderInvoiceQuery = graphql(`
  query OrderInvoice($id: ID!) {
    order(id: $id) { id invoice { way title taxNumber documents { id number kind url issuedAt total { minor currency } } } }
  }
`)

export const RequestInvoiceMutation = graphql(`
  mutation RequestInvoice($input: RequestInvoiceInput!) {
    requestInvoice(input: $input) { order { id } errors { code message field details } }
  }
`)

export const BuyAgainMutation = graphql(`
  mutation BuyAgain($input: BuyAgainInput!) {
    buyAgain(input: $input) { missingCount errors { code message field details } }
  }
`)

export const HideOrderMutation = graphql(`
  mutation HideOrder($input: HideOrderInput!) {
    hideOrder(input: $input) { hiddenId errors { code message field details } }
  }
`)
