/** Levels, points, tasks, the mall and what staff give by hand. */
import { graphql, type ResultOf, type VariablesOf } from '@/shared/graphql'

const MovedParts = graphql(`fragment MovedParts on Moved { held reached kept { minor currency } orders validUntil person { id name face } }`)
export const LevelsDeskQuery = graphql(`
  query LevelsDesk {
    levelsDesk { version windowDays lastsDays graceDays falling versions { version since upCount downCount } steps { tier name amountMinor ordersCount multiplierBps memberOffBps freeShippingPerMonth birthdayPoints extraDays peopleCount } }
  }
`)
export const TierBackTestQuery = graphql(`
  query TierBackTest($policy: PolicyInput!) {
    tierBackTest(policy: $policy) { upCount downCount peopleCount pointsPerMonth costPerMonth { minor currency } fingerprint up { ...MovedParts } down { ...MovedParts } }
  }
`, [MovedParts])
export const SaveTierPolicyMutation = graphql(`
  mutation SaveTierPolicy($input: SaveTierPolicyInput!) { saveTierPolicy(input: $input) { version errors { code field message details } } }
`)
export const PointsDeskQuery = graphql(`
  query PointsDesk {
    pointsDesk { version pointsPerYuan vestDays expiresDays expiry spendPerYuan }
    pointsLiability { points worth { minor currency } pendingPoints pendingWorth { minor currency } months { month points people worth { minor currency } } }
  }
`)
export const PointsTestQuery = graphql(`
  query PointsTest($pointsPerYuan: Int!) { pointsTest(pointsPerYuan: $pointsPerYuan) { nowPoints thenPoints cost { minor currency } } }
`)
export const SaveEarningRuleMutation = graphql(`
  mutation SaveEarningRule($input: SaveEarningRuleInput!) { saveEarningRule(input: $input) { version errors { code field message details } } }
`)
export const TaskDeskQuery = graphql(`
  query TaskDesk { taskDesk { key version stage names fact factLabel goal points isOpen } }
`)
export const SaveTaskMutation = graphql(`
  mutation SaveTask($input: SaveTaskInput!) { saveTask(input: $input) { task { key version } errors { code field message details } } }
`)
export const MallDeskQuery = graphql(`
  query MallDesk { mallDesk { id name names kind points left perPerson isOpen position templateId variantId tier headline worth { minor currency } } }
`)
export const MallCouponsQuery = graphql(`
  query MallCoupons { couponTemplates(first: 100) { edges { node { id name state sentence } } } }
`)
export const MallVariantsQuery = graphql(`
  query MallVariants($ids: [ID!]!) { products(first: 1, filter: { ids: $ids }) { edges { node { id title variants { id title } } } } }
`)
export const SaveMallItemMutation = graphql(`
  mutation SaveMallItem($input: SaveMallItemInput!) { saveMallItem(input: $input) { itemId errors { code field message details } } }
`)
export const HandDeskQuery = graphql(`
  query HandDesk {
    pointGrants { id points reason state askedAt isMine person { id name face } askedBy { id name face } }
    pointDebtors { id left cause createdAt person { id name face } }
  }
`)
export const DecidePointGrantMutation = graphql(`
  mutation DecidePointGrant($input: DecidePointGrantInput!) { decidePointGrant(input: $input) { state errors { code field message details } } }
`)
export const ForgivePointDebtMutation = graphql(`
  mutation ForgivePointDebt($input: ForgivePointDebtInput!) { forgivePointDebt(input: $input) { forgiven errors { code field message details } } }
`)
export const AskPointGrantMutation = graphql(`
  mutation AskPointGrant($input: AskPointGrantInput!) { askPointGrant(input: $input) { state errors { code field message details } } }
`)
export const ReinstatePointsMutation = graphql(`
  mutation ReinstatePoints($input: ReinstatePointsInput!) { reinstatePoints(input: $input) { points errors { code field message details } } }
`)
export const MemberCardQuery = graphql(`
  query MemberCard($words: String!) {
    memberCard(words: $words) { id tier available pending owed person { id name face } lapsed { id title lapsed expiresAt } }
  }
`)

export type LevelsDesk = ResultOf<typeof LevelsDeskQuery>['levelsDesk']
export type Policy = VariablesOf<typeof TierBackTestQuery>['policy']
export type BackTest = ResultOf<typeof TierBackTestQuery>['tierBackTest']
export type TaskRow = ResultOf<typeof TaskDeskQuery>['taskDesk'][number]
export type MallRow = ResultOf<typeof MallDeskQuery>['mallDesk'][number]
