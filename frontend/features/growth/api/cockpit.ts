/** The numbers that the growth team watches. */
import { graphql } from '@/shared/graphql'

export const CockpitQuery = graphql(`
  query Cockpit($campaignId: ID) {
    cockpit(campaignId: $campaignId) {
      invariants { key label value unit isHealthy }
      totals { key label value unit }
      series { key label points { at value } }
      funnel { key label value unit }
      budgets { key label value unit }
      groups { groupId productTitle size seatsTaken deadlineAt state }
    }
  }
`)

export const CampaignChanged = graphql(`
  subscription CampaignChanged($id: ID) {
    campaignChanged(id: $id) { id version }
  }
`)
