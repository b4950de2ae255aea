/** Protection plans at the desk: their newest versions, how they do, and the shelves they may belong to. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const PlansQuery = graphql(`
  query ProtectionPlans {
    categories { id name depth }
    protectionPlans {
      planId
      number
      isOffered
      title
      covers
      months
      repairs
      bands
      madeAt
      shelves { id name }
      figures { soldCount activeCount paid { minor currency } refunded { minor currency } }
    }
  }
`)
export type PlanRow = ResultOf<typeof PlansQuery>['protectionPlans'][number]

export const SavePlanMutation = graphql(`
  mutation SaveProtectionPlan($input: SaveProtectionPlanInput!) {
    saveProtectionPlan(input: $input) { plan { planId number } errors { code message field details } }
  }
`)

export const OfferPlanMutation = graphql(`
  mutation OfferProtectionPlan($input: OfferProtectionPlanInput!) {
    offerProtectionPlan(input: $input) { plan { planId isOffered } errors { code message field details } }
  }
`)
