/** Carriers, improvement cases and service that is looked at again. */
import { graphql, type FragmentOf } from '@/shared/graphql'
import { ShareParts } from './survey'

export const ScorecardParts = graphql(
  `
  fragment ScorecardParts on Scorecard {
    carrier
    name
    rank
    zones
    onTime { ...ShareParts }
    onTimeBefore { ...ShareParts }
    trouble { ...ShareParts }
    content { ...ShareParts }
    houseHours
    roadHours
    doorHours
    means { key mean }
    standings { id zone standing reason setAt setBy { id name } }
  }
`,
  [ShareParts],
)
export type ScorecardFacts = FragmentOf<typeof ScorecardParts>

export const ScorecardsQuery = graphql(
  `
  query CarrierScorecards($days: Int!) {
    carrierScorecards(days: $days) { ...ScorecardParts }
  }
`,
  [ScorecardParts],
)

export const SetStandingMutation = graphql(`
  mutation SetCarrierStanding($input: SetCarrierStandingInput!) {
    setCarrierStanding(input: $input) { scorecard { carrier } errors { code message field details } }
  }
`)

export const ImprovementParts = graphql(`
  fragment ImprovementParts on Improvement {
    id
    number
    sign
    subject
    subjectName
    title
    team
    state
    dueOn
    valueBefore
    valueNow
    limit
    openedAt
    measuredAt
    closedAt
    changed
    owner { id name face isSelf }
    openedBy { id name }
    closedBy { id name }
    measures { day value }
    notes { id words at author { id name face isSelf } }
  }
`)
export type ImprovementFacts = FragmentOf<typeof ImprovementParts>

export const ImprovementsQuery = graphql(
  `
  query Improvements {
    improvements { ...ImprovementParts }
  }
`,
  [ImprovementParts],
)

export const ClosedImprovementsQuery = graphql(
  `
  query ClosedImprovements($first: Int, $after: String) {
    closedImprovements(first: $first, after: $after) {
      edges { node { ...ImprovementParts } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [ImprovementParts],
)

export const OpenImprovementMutation = graphql(`
  mutation OpenImprovement($input: OpenImprovementInput!) {
    openImprovement(input: $input) { improvement { id } errors { code message field details } }
  }
`)

export const GiveImprovementMutation = graphql(`
  mutation GiveImprovement($input: GiveImprovementInput!) {
    giveImprovement(input: $input) { improvement { id } errors { code message field details } }
  }
`)

export const NoteImprovementMutation = graphql(`
  mutation NoteImprovement($input: NoteImprovementInput!) {
    noteImprovement(input: $input) { improvement { id } errors { code message field details } }
  }
`)

export const CloseImprovementMutation = graphql(`
  mutation CloseImprovement($input: CloseImprovementInput!) {
    closeImprovement(input: $input) { improvement { id } errors { code message field details } }
  }
`)

export const SampleParts = graphql(`
  fragment SampleParts on ServiceSample {
    id
    number
    month
    caseId
    ticketId
    isOwn
    rating
    agent { id name face isSelf }
    mine { marks { key mean } words at }
    other { marks { key mean } words at }
    notes { id kind words dueOn doneAt at }
  }
`)
export type SampleFacts = FragmentOf<typeof SampleParts>

export const ServiceQuery = graphql(
  `
  query ServiceQuality {
    serviceSamples { ...SampleParts }
    serviceSheets {
      agent { id name face isSelf }
      samplesCount
      comparedCount
      rating
      ratingsCount
      ownMean
      leadMean
      agreeingCount
      marksCount
    }
  }
`,
  [SampleParts],
)

export const ReviewServiceMutation = graphql(`
  mutation ReviewService($input: ReviewServiceInput!) {
    reviewService(input: $input) { sample { id } errors { code message field details } }
  }
`)

export const WriteToAgentMutation = graphql(`
  mutation WriteToAgent($input: WriteToAgentInput!) {
    writeToAgent(input: $input) { note { id } errors { code message field details } }
  }
`)

export const FinishPracticeMutation = graphql(`
  mutation FinishPractice($input: FinishPracticeInput!) {
    finishPractice(input: $input) { note { id doneAt } errors { code message field details } }
  }
`)
