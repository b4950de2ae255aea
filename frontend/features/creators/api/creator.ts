/** The viewer as a creator: application, work, earnings, statements. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const CreatorCentreQuery = graphql(`
  query CreatorCentre {
    viewer {
      id
      creator {
        application { id state stateLabel introduction channels isAdultDeclared acceptsTerms answer reapplyFrom }
        membership { id code state stateLabel stateReason tier tierLabel sales { minor currency } returnBps complaintBps isOnHold }
        particulars { legalName idTail bankName bankTail taxKind taxLabel }
        earnings { estimated { minor currency } confirmed { minor currency } vested { minor currency } stated { minor currency } paid { minor currency } ordersCount }
        violations { id state stateLabel stopped { minor currency } words appeal answer recordedAt appealUntil canAppeal }
      }
    }
  }
`)
export const CreatorWorkQuery = graphql(`
  query CreatorWork($first: Int!, $after: String) {
    viewer { id creator { collaborations(first: $first, after: $after) {
      edges { node {
        id state stateLabel rateBps nextRateBps nextRateFrom campaignRateBps campaignName campaignEndsAt feeInEscrow sampleParcel contentDueAt
        fee { minor currency }
        brief { id title words sendsSample isExclusive endsAt monthCap { minor currency } }
        product { id slug title picture { src avif webp width height blur } price { minor currency } }
        content { id postId title state stateLabel note }
        posts { id title }
      } }
      pageInfo { hasNextPage endCursor }
    } } }
  }
`)
export const CreatorBriefsQuery = graphql(`
  query CreatorBriefs($first: Int!, $after: String) {
    creatorBriefs(first: $first, after: $after) {
      edges { node { id title words rateBps isExclusive contentDays endsAt monthCap { minor currency } product { id slug title picture { src avif webp width height blur } price { minor currency } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
export const CommissionsQuery = graphql(`
  query CreatorCommissions($first: Int!, $after: String) {
    viewer { id creator { commissions(first: $first, after: $after) {
      edges { node { id state stateLabel orderNumber title quantity postId postTitle rateBps lockedRateBps campaignName estimatedAt vestsAt canDispute kept { minor currency } amount { minor currency } why { label detail at } dispute { id state stateLabel words answer } } }
      pageInfo { hasNextPage endCursor }
    } } }
  }
`)
export const StatementsQuery = graphql(`
  query CreatorStatements($first: Int!, $after: String) {
    viewer { id creator { statements(first: $first, after: $after) {
      edges { node { id sequence entriesCount until closedAt payoutState payoutLabel total { minor currency } net { minor currency } withheld { minor currency } } }
      pageInfo { hasNextPage endCursor }
    } } }
  }
`)
export const StatementQuery = graphql(`
  query CreatorStatement($id: ID!) {
    creatorStatement(id: $id) {
      id sequence entriesCount until closedAt payoutState payoutLabel total { minor currency } net { minor currency } withheld { minor currency }
      entries(first: 100) { edges { node {
        id kind kindLabel at briefTitle amount { minor currency }
        commission { id title orderNumber campaignName rateBps lockedRateBps postId postTitle canDispute why { label detail at } dispute { id state stateLabel words answer } }
      } } }
    }
  }
`)
export const SaveApplicationMutation = graphql(`
  mutation SaveCreatorApplication($input: SaveCreatorApplicationInput!) { saveCreatorApplication(input: $input) { application { id state } errors { code message field details } } }
`)
export const SubmitApplicationMutation = graphql(`
  mutation SubmitCreatorApplication($input: SubmitCreatorApplicationInput!) { submitCreatorApplication(input: $input) { application { id state } errors { code message field details } } }
`)
export const JoinBriefMutation = graphql(`
  mutation JoinCreatorBrief($input: JoinCreatorBriefInput!) { joinCreatorBrief(input: $input) { collaboration { id state } errors { code message field details } } }
`)
export const AnswerMutation = graphql(`
  mutation AnswerCollaboration($input: AnswerCollaborationInput!) { answerCollaboration(input: $input) { collaboration { id state } errors { code message field details } } }
`)
export const SubmitContentMutation = graphql(`
  mutation SubmitCreatorContent($input: SubmitCreatorContentInput!) { submitCreatorContent(input: $input) { collaboration { id state } errors { code message field details } } }
`)
export const DisputeMutation = graphql(`
  mutation DisputeCommission($input: DisputeCommissionInput!) { disputeCommission(input: $input) { commission { id state } errors { code message field details } } }
`)
export const AppealMutation = graphql(`
  mutation AppealCreatorViolation($input: AppealCreatorViolationInput!) { appealCreatorViolation(input: $input) { violation { id state } errors { code message field details } } }
`)
export const UseCodeMutation = graphql(`
  mutation UseCreatorCode($input: UseCreatorCodeInput!) { useCreatorCode(input: $input) { code errors { code message field details } } }
`)
export type Centre = NonNullable<ResultOf<typeof CreatorCentreQuery>['viewer']>['creator']
export type Membership = NonNullable<Centre['membership']>
export type Application = NonNullable<Centre['application']>
export type Work = NodeOf<NonNullable<ResultOf<typeof CreatorWorkQuery>['viewer']>['creator']['collaborations']>
export type Commission = NodeOf<NonNullable<ResultOf<typeof CommissionsQuery>['viewer']>['creator']['commissions']>
