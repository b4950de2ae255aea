/** The parcels of an order, as its buyer follows them. */
import { graphql, type FragmentOf, type ResultOf } from '@/shared/graphql'

export const ParcelParts = graphql(`
  fragment ParcelParts on Shipment {
    id
    position
    resend { id reasonLabel }
    state
    stateLabel
    carrier
    carrierName
    trackingNumber
    packagingLabel
    thanks
    gift
    packedAt
    shippedAt
    deliveredAt
    expectedFrom
    expectedUntil
    lines { id quantity title optionTitle picture { src avif webp width height blur } }
    events { id code label text at }
  }
`)

export type ParcelFacts = FragmentOf<typeof ParcelParts>

export const OrderParcelsQuery = graphql(
  `
  query OrderParcels($id: ID!) {
    order(id: $id) {
      id
      state
      delivery {
        dispatchBy
        arrivesFrom
        arrivesUntil
        carrierName
        isOverdue
        wish { day window label }
        slots { day window label }
      }
      completion { at isPaused canExtend }
      progress { lineId left packed }
      shipments { ...ParcelParts }
    }
  }
`,
  [ParcelParts],
)

export const CaseParcelsQuery = graphql(
  `
  query CaseParcels($id: ID!) {
    afterSaleCase(id: $id) {
      id
      orderId
      resend { id dispatchBy isOverdue pieces { id title optionTitle quantity left } }
      parcels { ...ParcelParts }
    }
  }
`,
  [ParcelParts],
)

export const ParcelsChanged = graphql(`
  subscription ParcelsChanged {
    viewerChanged { reason orderId }
  }
`)

export const ExtendCompletionMutation = graphql(`
  mutation ExtendCompletion($input: ExtendCompletionInput!) {
    extendCompletion(input: $input) { order { id completion { at isPaused canExtend } } errors { code message field details } }
  }
`)

export const ChooseDeliveryMutation = graphql(`
  mutation ChooseDelivery($input: ChooseDeliveryInput!) {
    chooseDelivery(input: $input) { order { id delivery { wish { day window label } } } errors { code message field details } }
  }
`)

export const DeliveryEstimateQuery = graphql(`
  query DeliveryEstimate($province: String!, $pieces: Int) {
    deliveryEstimate(province: $province, pieces: $pieces) { dispatchBy arrivesFrom arrivesUntil carrierName slots { day window label } }
  }
`)

export type Slot = ResultOf<typeof DeliveryEstimateQuery>['deliveryEstimate']['slots'][number]
