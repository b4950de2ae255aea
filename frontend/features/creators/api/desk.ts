/** What the growth team reads and does about creators. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const ApplicationsQuery = graphql(`
  query CreatorApplications($first: Int!, $after: String, $state: CreatorApplicationState) {
    creatorApplications(first: $first, after: $after, state: $state) {
      edges { node { id state stateLabel introduction channels answer submittedAt createdAt person { id name face } particulars { legalName idTail bankName bankTail taxLabel } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
export const PromotersQuery = graphql(`
  query Promoters($first: Int!, $after: String) {
    promoters(first: $first, after: $after) {
      edges { node { id code state stateLabel tierLabel returnBps complaintBps isOnHold since sales { minor currency } person { id name face } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
export const BriefsQuery = graphql(`
  query AllCreatorBriefs($first: Int!, $after: String) {
    allCreatorBriefs(first: $first, after: $after) {
      edges { node { id kind kindLabel isOpen title rateBps isExclusive endsAt fee { minor currency } monthCap { minor currency } product { id title } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
export const CollaborationsQuery = graphql(`
  query Collaborations($first: Int!, $after: String, $state: CollaborationState) {
    collaborations(first: $first, after: $after, state: $state) {
      edges { node { id state stateLabel feeInEscrow sampleParcel contentDueAt invitedAt fee { minor currency } brief { id title sendsSample } product { id title } person { id name face } content { id postId title tag stateLabel note } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
export const ViolationsQuery = graphql(`
  query CreatorViolations($first: Int!, $after: String) {
    creatorViolations(first: $first, after: $after) {
      edges { node { id state stateLabel words appeal recordedAt appealUntil person { id name face } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
export const DisputesQuery = graphql(`
  query CreatorDisputes($first: Int!, $after: String) {
    creatorDisputes(first: $first, after: $after) {
      edges { node { id words openedAt person { id name face } commission { id title orderNumber rateBps base { minor currency } kept { minor currency } why { label detail at } } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
export const BatchesQuery = graphql(`
  query PayoutBatches($first: Int!, $after: String) {
    payoutBatches(first: $first, after: $after) {
      edges { node {
        id number state stateLabel itemsCount openedAt sentAt settledAt canApprove
        gross { minor currency } withheld { minor currency } net { minor currency }
        openedBy { id name } firstApprover { id name } secondApprover { id name }
        items { id reference state stateLabel taxRule bankTail failure stoppedBecause person { id name } gross { minor currency } withheld { minor currency } net { minor currency } }
      } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
export const TakeApplicationMutation = graphql(`
  mutation TakeCreatorApplication($input: TakeCreatorApplicationInput!) { takeCreatorApplication(input: $input) { application { id state } errors { code message field details } } }
`)
export const DecideApplicationMutation = graphql(`
  mutation DecideCreatorApplication($input: DecideCreatorApplicationInput!) { decideCreatorApplication(input: $input) { application { id state stateLabel } errors { code message field details } } }
`)
export const MovePromoterMutation = graphql(`
  mutation MovePromoter($input: MovePromoterInput!) { movePromoter(input: $input) { promoter { id state stateLabel } errors { code message field details } } }
`)
export const SetRateMutation = graphql(`
  mutation SetCreatorRate($input: SetCreatorRateInput!) { setCreatorRate(input: $input) { startsAt errors { code message field details } } }
`)
export const RecordViolationMutation = graphql(`
  mutation RecordCreatorViolation($input: RecordCreatorViolationInput!) { recordCreatorViolation(input: $input) { violation { id state } errors { code message field details } } }
`)
export const DecideViolationMutation = graphql(`
  mutation DecideCreatorViolation($input: DecideCreatorViolationInput!) { decideCreatorViolation(input: $input) { violation { id state } errors { code message field details } } }
`)
export const SaveBriefMutation = graphql(`
  mutation SaveCreatorBrief($input: SaveCreatorBriefInput!) { saveCreatorBrief(input: $input) { brief { id } errors { code message field details } } }
`)
export const CloseBriefMutation = graphql(`
  mutation CloseCreatorBrief($input: CloseCreatorBriefInput!) { closeCreatorBrief(input: $input) { brief { id isOpen } errors { code message field details } } }
`)
export const InviteCreatorMutation = graphql(`
  mutation InviteCreator($input: InviteCreatorInput!) { inviteCreator(input: $input) { collaboration { id state } errors { code message field details } } }
`)
export const SendSampleMutation = graphql(`
  mutation SendCreatorSample($input: SendCreatorSampleInput!) { sendCreatorSample(input: $input) { collaboration { id state } errors { code message field details } } }
`)
export const DecideContentMutation = graphql(`
  mutation DecideCreatorContent($input: DecideCreatorContentInput!) { decideCreatorContent(input: $input) { collaboration { id state } errors { code message field details } } }
`)
export const CloseCollaborationMutation = graphql(`
  mutation CloseCollaboration($input: CloseCollaborationInput!) { closeCollaboration(input: $input) { collaboration { id state } errors { code message field details } } }
`)
export const DecideDisputeMutation = graphql(`
  mutation DecideCreatorDispute($input: DecideCreatorDisputeInput!) { decideCreatorDispute(input: $input) { dispute { id state } errors { code message field details } } }
`)
export const CloseStatementsMutation = graphql(`
  mutation CloseCreatorStatements($input: CloseCreatorStatementsInput!) { closeCreatorStatements(input: $input) { count errors { code message field details } } }
`)
export const OpenBatchMutation = graphql(`
  mutation OpenPayoutBatch($input: OpenPayoutBatchInput!) { openPayoutBatch(input: $input) { batch { id number } errors { code message field details } } }
`)
export const FreezeBatchMutation = graphql(`
  mutation FreezePayoutBatch($input: FreezePayoutBatchInput!) { freezePayoutBatch(input: $input) { batch { id state } errors { code message field details } } }
`)
export const ApproveBatchMutation = graphql(`
  mutation ApprovePayoutBatch($input: ApprovePayoutBatchInput!) { approvePayoutBatch(input: $input) { batch { id state } errors { code message field details } } }
`)
export const TakeFileMutation = graphql(`
  mutation TakePayoutFile($input: TakePayoutFileInput!) { takePayoutFile(input: $input) { fileName content errors { code message field details } } }
`)
export const ImportResultsMutation = graphql(`
  mutation ImportPayoutResults($input: ImportPayoutResultsInput!) { importPayoutResults(input: $input) { batch { id state } errors { code message field details } } }
`)
export const CancelBatchMutation = graphql(`
  mutation CancelPayoutBatch($input: CancelPayoutBatchInput!) { cancelPayoutBatch(input: $input) { batch { id state } errors { code message field details } } }
`)
export type Batch = NodeOf<ResultOf<typeof BatchesQuery>['payoutBatches']>
