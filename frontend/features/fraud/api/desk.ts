/** What the reward desk reads and does. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const RewardDeskQuery = graphql(`
  query RewardDesk {
    rewardDesk {
      held objected
      rule { version holdFrom rejectFrom releaseBelow reviewDays weights { rule points } }
      attribution { version windowDays touchOrder kinds bindingDays }
      places { id kind text note }
    }
  }
`)

export const RewardCasesQuery = graphql(`
  query RewardCases($first: Int!, $after: String, $state: InviteRewardState) {
    rewardCases(first: $first, after: $after, state: $state) {
      edges { node { id title state stateLabel side level points score objection createdAt heldUntil inviter { id name face } invitee { id name face } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const RewardCaseQuery = graphql(`
  query RewardCase($id: ID!) {
    rewardCase(id: $id) {
      case {
        id title state stateLabel side level points score ruleVersion orderNumber note objection heldUntil decidedAt createdAt
        evidence { rule text points seen } inviter { id name face } invitee { id name face }
      }
      why { label detail at }
      course { id score cause causeLabel state stateLabel isMove ruleVersion at evidence { rule text points } }
      losers
      similar { id title state stateLabel points score note inviter { id name face } invitee { id name face } }
    }
  }
`)

export const FraudBacktestQuery = graphql(`
  query FraudBacktest($holdFrom: Int!, $rejectFrom: Int!) {
    fraudBacktest(holdFrom: $holdFrom, rejectFrom: $rejectFrom) {
      moreHeld fewerHeld
      moved { wouldBe case { id stateLabel score points inviter { id name face } invitee { id name face } } }
    }
  }
`)

export const DecideRewardMutation = graphql(`
  mutation DecideReward($input: DecideRewardInput!) {
    decideReward(input: $input) { case { id state } errors { code message field details } }
  }
`)

export const SaveFraudRuleMutation = graphql(`
  mutation SaveFraudRule($input: SaveFraudRuleInput!) {
    saveFraudRule(input: $input) { rule { version } errors { code message field details } }
  }
`)

export const SaveAttributionRuleMutation = graphql(`
  mutation SaveAttributionRule($input: SaveAttributionRuleInput!) {
    saveAttributionRule(input: $input) { rule { version } errors { code message field details } }
  }
`)

export const AllowPlaceMutation = graphql(`
  mutation AllowPlace($input: AllowPlaceInput!) {
    allowPlace(input: $input) { place { id } errors { code message field details } }
  }
`)

export const WithdrawPlaceMutation = graphql(`
  mutation WithdrawPlace($input: WithdrawPlaceInput!) {
    withdrawPlace(input: $input) { placeId errors { code message field details } }
  }
`)

export type Desk = ResultOf<typeof RewardDeskQuery>['rewardDesk']
export type CaseRow = NodeOf<ResultOf<typeof RewardCasesQuery>['rewardCases']>
export type CaseState = CaseRow['state']
