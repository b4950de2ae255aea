/** What the desk does with a case. */
import { graphql } from '@/shared/graphql'

export const TakeMutation = graphql(`
  mutation TakeAfterSale($input: TakeAfterSaleInput!) {
    takeAfterSale(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const ApproveMutation = graphql(`
  mutation ApproveAfterSale($input: ApproveAfterSaleInput!) {
    approveAfterSale(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const RejectMutation = graphql(`
  mutation RejectAfterSale($input: RejectAfterSaleInput!) {
    rejectAfterSale(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const EscalateMutation = graphql(`
  mutation EscalateAfterSale($input: EscalateAfterSaleInput!) {
    escalateAfterSale(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const AnswerMutation = graphql(`
  mutation AnswerAfterSale($input: AnswerAfterSaleInput!) {
    answerAfterSale(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const ReceiveMutation = graphql(`
  mutation ReceiveAfterSale($input: ReceiveAfterSaleInput!) {
    receiveAfterSale(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const InspectMutation = graphql(`
  mutation InspectAfterSale($input: InspectAfterSaleInput!) {
    inspectAfterSale(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const FinishRepairMutation = graphql(`
  mutation FinishRepair($input: FinishRepairInput!) {
    finishRepair(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const AnswerAppealMutation = graphql(`
  mutation AnswerAppeal($input: AnswerAppealInput!) {
    answerAppeal(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const ArbitrateMutation = graphql(`
  mutation ArbitrateAfterSale($input: ArbitrateAfterSaleInput!) {
    arbitrateAfterSale(input: $input) { case { id version } errors { code message field details } }
  }
`)
export const OfferCompensationMutation = graphql(`
  mutation OfferCompensation($input: OfferCompensationInput!) {
    offerCompensation(input: $input) { compensation { id state stateLabel } errors { code message field details } }
  }
`)
export const DecideCompensationMutation = graphql(`
  mutation DecideCompensation($input: DecideCompensationInput!) {
    decideCompensation(input: $input) { compensation { id state stateLabel } errors { code message field details } }
  }
`)
export const WriteKnowledgeMutation = graphql(`
  mutation WriteKnowledge($input: WriteKnowledgeInput!) {
    writeKnowledge(input: $input) { entry { id title } errors { code message field details } }
  }
`)
export const PublishKnowledgeMutation = graphql(`
  mutation PublishKnowledge($input: PublishKnowledgeInput!) {
    publishKnowledge(input: $input) { entry { id isPublished } errors { code message field details } }
  }
`)
export const SetCategoryTermsMutation = graphql(`
  mutation SetCategoryTerms($input: SetCategoryTermsInput!) {
    setCategoryTerms(input: $input) { terms { id name isFresh isCustomised noReasonDays qualityDays isOwn } errors { code message field details } }
  }
`)

export const SetFlowMutation = graphql(`
  mutation SetOwnFlow($input: SetOwnFlowInput!) {
    setOwnFlow(input: $input) { flow { id endsAt } errors { code message field details } }
  }
`)

export const EndFlowMutation = graphql(`
  mutation EndOwnFlow($input: EndOwnFlowInput!) {
    endOwnFlow(input: $input) { flow { id } errors { code message field details } }
  }
`)

export const SettleAdvanceMutation = graphql(`
  mutation SettleAdvance($input: SettleAdvanceInput!) {
    settleAdvance(input: $input) { case { id version } errors { code message field details } }
  }
`)

export const RecordAbsenceMutation = graphql(`
  mutation RecordAbsence($input: RecordAbsenceInput!) {
    recordAbsence(input: $input) { absence { id } errors { code message field details } }
  }
`)

export const CallOffAbsenceMutation = graphql(`
  mutation CallOffAbsence($input: CallOffAbsenceInput!) {
    callOffAbsence(input: $input) { absence { id } errors { code message field details } }
  }
`)
