/** What the desk of after-sales reads. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const AfterDeskRow = graphql(`
  fragment AfterDeskRow on AfterSaleCase {
    id
    number
    state
    stateLabel
    type
    typeLabel
    remedy
    openedAt
    deadlineAt
    amount { minor currency }
    lines { id title quantity picture { src avif webp width height blur } }
    desk { isMine isLate escalation firstAnswerBy firstAnsweredAt buyer { id name face isSelf } agent { id name face isSelf } }
  }
`)

export const AfterDeskCase = graphql(
  `
  fragment AfterDeskCase on AfterSaleCase {
    ...AfterDeskRow
    version
    orderId
    orderNumber
    reasonLabel
    detail
    remedyLabel
    closeLabel
    requested { minor currency }
    shipping { minor currency }
    subsidy { minor currency }
    toStoreCredit
    arithmetic { key label amount { minor currency } }
    stages { key label at isDone isCurrent isSkipped }
    history { id kind label state actor actorLabel note carrier tracking isInternal at amount { minor currency } person { id name face isSelf } pictures { src avif webp width height blur } }
    backCarrier
    backTracking
    resend { id pieces { id left } }
    parcels { id stateLabel carrierName trackingNumber }
    rating
    ratingWords
    desk {
      canArbitrate
      wasSent
      care { level isValued answerMinutes agent { id name face isSelf } flow { id reason endsAt objection } }
      facts { joinedAt ordersCount casesCount returnedPieces boughtPieces isFrequent spent { minor currency } }
      order { id number stateLabel createdAt paidAt itemsTotal { minor currency } discount { minor currency } shipping { minor currency } total { minor currency } adjustments { label amount { minor currency } } lines { id title optionTitle quantity productSlug unitPrice { minor currency } } refunds { id stateLabel createdAt amount { minor currency } } }
      compensations { id amount { minor currency } reason state stateLabel proposedBy { id name face isSelf } proposedAt }
      knowledge { id title problem cause solution isPublished }
    }
  }
`,
  [AfterDeskRow],
)
export type RowFacts = ResultOf<typeof AfterDeskRow>
export type DeskFacts = ResultOf<typeof AfterDeskCase>

export const AfterQueueQuery = graphql(
  `
  query AfterSaleQueue($first: Int, $after: String, $view: String, $type: AfterSaleType, $search: String) {
    afterSaleQueue(first: $first, after: $after, view: $view, type: $type, search: $search) {
      edges { node { ...AfterDeskRow } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [AfterDeskRow],
)
export const AfterCountsQuery = graphql(`
  query AfterSaleCounts {
    afterSaleCounts { waiting mine late advances arbitration doneToday compensations }
  }
`)
export const AfterDeskQuery = graphql(
  `
  query AfterSaleDeskCase($id: ID!) {
    afterSaleCase(id: $id) { ...AfterDeskCase }
  }
`,
  [AfterDeskCase],
)
export const AbsencesQuery = graphql(`
  query AgentAbsences {
    agentAbsences { id startsAt endsAt hasBegun canCallOff agent { id name face isSelf } standIn { id name } }
    afterSaleAgents { id name isSelf }
    viewer { id roles }
  }
`)
/** What the large question of a case has no room for. */
export const AfterDeskAheadQuery = graphql(`
  query AfterSaleDeskAhead($id: ID!) {
    afterSaleCase(id: $id) {
      id
      advance { state stateLabel isOverdue paidAt dueAt amount { minor currency } }
      answeredBy { person { id name } standsInFor { id name } until }
    }
  }
`)
export type AheadFacts = NonNullable<ResultOf<typeof AfterDeskAheadQuery>['afterSaleCase']>
export const AfterSalesChanged = graphql(`
  subscription AfterSalesChanged {
    afterSalesChanged { id }
  }
`)
export const WaitingCompensationsQuery = graphql(`
  query CompensationsWaiting {
    compensationsWaiting { id orderId caseId reason proposedAt amount { minor currency } proposedBy { id name face isSelf } buyer { id name face isSelf } }
  }
`)
export const KnowledgeQuery = graphql(`
  query DeskKnowledge($first: Int, $after: String, $search: String) {
    knowledgeEntries(first: $first, after: $after, search: $search) {
      edges { node { id title problem cause solution reasonLabel productTitle caseId isPublished writtenAt } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)
export const TermsQuery = graphql(`
  query CategoryTerms {
    categoryTerms { id name isFresh isCustomised noReasonDays qualityDays isOwn }
  }
`)
export const ReportQuery = graphql(`
  query AfterSaleReport($days: Int) {
    afterSaleReport(days: $days) {
      days
      casesCount
      finishedCount
      disputedCount
      firstAnswerMinutes
      handlingHours
      answeredInTimeCount
      answerableCount
      rating
      ratingsCount
      refunded { minor currency }
      reasons { reasonLabel typeLabel count amount { minor currency } }
      products { id title soldPieces returnedPieces rateBps reasonLabel isHigh }
      categories { id title soldPieces returnedPieces rateBps reasonLabel isHigh }
    }
  }
`)
export type ReportFacts = ResultOf<typeof ReportQuery>['afterSaleReport']
