/** The orders desk: what waits, one order, and what staff does about its parcels. */
import { graphql, type FragmentOf } from '@/shared/graphql'

export const DeskRow = graphql(`
  fragment DeskRow on Order {
    id
    number
    state
    stateLabel
    createdAt
    address
    total { minor currency }
    buyer { id name face }
    delivery { dispatchBy isOverdue wish { day window label } }
    progress { lineId bought left packed gone }
    shipments { id state stateLabel }
    lines { id quantity title picture { src avif webp width height blur } }
  }
`)

export type DeskRowFacts = FragmentOf<typeof DeskRow>

export const DeskParcel = graphql(`
  fragment DeskParcel on Shipment {
    id
    position
    state
    stateLabel
    carrierName
    trackingNumber
    isChecked
    resend { id reasonLabel askerNumber }
    packagingLabel
    packaging
    thanks
    gift
    problem
    packedAt
    shippedAt
    deliveredAt
    expectedUntil
    lines { id quantity title }
    events { id code label text at }
  }
`)

export type DeskParcelFacts = FragmentOf<typeof DeskParcel>

export const DeskOrdersQuery = graphql(
  `
  query DeskOrders($first: Int, $after: String, $show: OrderDeskList, $words: String) {
    deskOrders(first: $first, after: $after, show: $show, words: $words) {
      edges { node { ...DeskRow } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [DeskRow],
)

export const OrderDeskCountsQuery = graphql(`
  query OrderDeskCounts {
    orderDeskCounts { toSend resend overdue packed onWay trouble held }
    viewer { id roles }
  }
`)

export const DeskOrderQuery = graphql(
  `
  query DeskOrder($id: ID!) {
    deskOrder(id: $id) {
      id
      number
      state
      stateLabel
      createdAt
      paidAt
      address
      total { minor currency }
      buyer { id name face }
      delivery { dispatchBy arrivesUntil carrierName isOverdue wish { day window label } }
      progress { lineId sku bought left packed gone }
      resends { id reasonLabel askerId askerNumber dispatchBy isOverdue pieces { id lineId title optionTitle sku quantity left picture { src avif webp width height blur } } }
      lines { id quantity title optionTitle picture { src avif webp width height blur } total { minor currency } }
      shipments { ...DeskParcel }
      addressReadings { id reason at reader { id name face } }
    }
  }
`,
  [DeskParcel],
)

export const CarriersQuery = graphql(`
  query CarriersTo($province: String!, $pieces: Int!) {
    carriersTo(province: $province, pieces: $pieces) { code name givesNumbers leastDays mostDays }
  }
`)

export const HeldMessagesQuery = graphql(`
  query HeldMessages {
    heldCarrierMessages { id carrierName trackingNumber verdictLabel payload timesSeen receivedAt }
  }
`)

export const DeskChanged = graphql(`
  subscription DeskChanged {
    orderDeskChanged { orderId }
  }
`)

export const PackParcelMutation = graphql(`
  mutation PackParcel($input: PackParcelInput!) {
    packParcel(input: $input) { order { id shipments { id state trackingNumber } } errors { code message field details } }
  }
`)

export const SendParcelMutation = graphql(`
  mutation SendParcel($input: SendParcelInput!) {
    sendParcel(input: $input) { order { id } errors { code message field details } }
  }
`)

export const UnpackParcelMutation = graphql(`
  mutation UnpackParcel($input: UnpackParcelInput!) {
    unpackParcel(input: $input) { order { id } errors { code message field details } }
  }
`)

export const DeliverParcelMutation = graphql(`
  mutation DeliverParcel($input: DeliverParcelInput!) {
    deliverParcel(input: $input) { order { id } errors { code message field details } }
  }
`)

export const GiveTrackingNumberMutation = graphql(`
  mutation GiveTrackingNumber($input: GiveTrackingNumberInput!) {
    giveTrackingNumber(input: $input) { done errors { code message field details } }
  }
`)

export const SendBatchMutation = graphql(`
  mutation SendBatch($input: SendBatchInput!) {
    sendBatch(input: $input) { sentCount refused { line orderNumber code message } errors { code message field details } }
  }
`)

export const ReadAddressMutation = graphql(`
  mutation ReadAddress($input: ReadAddressInput!) {
    readAddress(input: $input) { address errors { code message field details } }
  }
`)

export const ReviewCarrierMessageMutation = graphql(`
  mutation ReviewCarrierMessage($input: ReviewCarrierMessageInput!) {
    reviewCarrierMessage(input: $input) { message { id } errors { code message field details } }
  }
`)
