/** The warehouse: the walk that collects orders, goods from suppliers, and parcels that will probably be late. */
import { graphql, type FragmentOf, type ResultOf } from '@/shared/graphql'

export const PickListQuery = graphql(`
  query PickList($orders: Int) {
    pickList(orders: $orders) {
      ordersCount
      metres
      metresAsCame
      picks { sku title kind quantity orderNumbers place { aisle bay shelf } }
    }
  }
`)

export const InboundParts = graphql(`
  fragment InboundParts on InboundDelivery {
    id
    supplier
    noteNumber
    improved
    arrivedAt
    lines { id sku title kind quantity level severity sampleSize acceptNumber defects verdict verdictLabel note inspector { id name } }
  }
`)
export type InboundFacts = FragmentOf<typeof InboundParts>

export const InboundQuery = graphql(
  `
  query InboundDeliveries($first: Int, $after: String, $waiting: Boolean) {
    inboundDeliveries(first: $first, after: $after, waiting: $waiting) {
      edges { node { ...InboundParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [InboundParts],
)

export const TakeDeliveryMutation = graphql(
  `
  mutation TakeDelivery($input: TakeDeliveryInput!) {
    takeDelivery(input: $input) { delivery { ...InboundParts } errors { code message field details } }
  }
`,
  [InboundParts],
)

export const InspectDeliveryLineMutation = graphql(
  `
  mutation InspectDeliveryLine($input: InspectDeliveryLineInput!) {
    inspectDeliveryLine(input: $input) { delivery { ...InboundParts } errors { code message field details } }
  }
`,
  [InboundParts],
)

export const LateParcelsQuery = graphql(`
  query LateParcels {
    lateParcels {
      shipmentId
      orderId
      orderNumber
      carrierName
      trackingNumber
      province
      promisedUntil
      expectedUntil
      latePercent
      alikeCount
      foreseenAt
      buyer { id name face }
    }
  }
`)
export type LateParcel = ResultOf<typeof LateParcelsQuery>['lateParcels'][number]

export const CompensateLateMutation = graphql(`
  mutation CompensateLate($input: OfferCompensationInput!) {
    offerCompensation(input: $input) { compensation { id state stateLabel } errors { code message field details } }
  }
`)
