/** What the payments desk reads and does. */
import { graphql, type NodeOf, type ResultOf } from '@/shared/graphql'

export const PaymentHealthQuery = graphql(`
  query PaymentHealth {
    paymentHealth {
      tried failed failureBps limitBps eventsWaiting refundsWaiting refundsToSend holdsWaiting
      hours { at tried failed }
      alerts { id kind level openedAt }
    }
  }
`)

export const DeskPaymentsQuery = graphql(`
  query DeskPayments($first: Int!, $after: String, $query: String, $state: String) {
    deskPayments(first: $first, after: $after, query: $query, state: $state) {
      edges {
        cursor
        node {
          id orderId orderNumber provider reference providerReference state stateLabel settlesOrder createdAt capturedAt
          amount { minor currency } credit { minor currency } refunded { minor currency }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const RiskHoldsQuery = graphql(`
  query RiskHolds($first: Int!, $after: String, $isOpen: Boolean) {
    riskHolds(first: $first, after: $after, isOpen: $isOpen) {
      edges {
        cursor
        node { id orderId orderNumber score state stateLabel note madeAt decidedAt amount { minor currency } findings { rule points text } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const ProviderEventsQuery = graphql(`
  query ProviderEvents($first: Int!, $after: String, $isReviewed: Boolean) {
    providerEvents(first: $first, after: $after, isReviewed: $isReviewed) {
      edges {
        cursor
        node { id provider eventId kind reference verdict verdictLabel isAuthentic timesSeen payload receivedAt reviewedAt reviewNote amount { minor currency } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const TroubledRefundsQuery = graphql(`
  query TroubledRefunds($first: Int!, $after: String) {
    troubledRefunds(first: $first, after: $after) {
      edges {
        cursor
        node { id orderId orderNumber provider state problem attempts reason nextAttemptAt requestedAt amount { minor currency } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const RefundsToSendQuery = graphql(`
  query RefundsToSend($first: Int!, $after: String) {
    refundsToSend(first: $first, after: $after) {
      edges {
        cursor
        node { id orderId orderNumber problem reason requestedAt sendBy amount { minor currency } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const ReconciliationsQuery = graphql(`
  query Reconciliations($first: Int!, $after: String) {
    reconciliations(first: $first, after: $after) {
      edges {
        cursor
        node { id provider fileName madeAt periodFrom periodUntil rowsCount knownCount matchedCount ignoredCount differencesCount openCount }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const StatementDifferencesQuery = graphql(`
  query StatementDifferences($reconciliationId: ID!, $first: Int!, $after: String) {
    statementDifferences(reconciliationId: $reconciliationId, first: $first, after: $after) {
      edges {
        cursor
        node { id kind kindLabel subject orderNumber isOurs resolution resolutionLabel note resolvedAt there { minor currency } here { minor currency } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const DecideRiskMutation = graphql(`
  mutation DecideRisk($input: DecideRiskInput!) {
    decideRisk(input: $input) { hold { id state } errors { code message field details } }
  }
`)

export const ReviewProviderEventMutation = graphql(`
  mutation ReviewProviderEvent($input: ReviewProviderEventInput!) {
    reviewProviderEvent(input: $input) { event { id reviewedAt } errors { code message field details } }
  }
`)

export const RetryRefundMutation = graphql(`
  mutation RetryRefund($input: RetryRefundInput!) {
    retryRefund(input: $input) { refund { id state } errors { code message field details } }
  }
`)

export const ResolveDifferenceMutation = graphql(`
  mutation ResolveDifference($input: ResolveDifferenceInput!) {
    resolveDifference(input: $input) { difference { id resolution } errors { code message field details } }
  }
`)

export type HoldRow = NodeOf<ResultOf<typeof RiskHoldsQuery>['riskHolds']>
export type EventRow = NodeOf<ResultOf<typeof ProviderEventsQuery>['providerEvents']>
export type RunRow = NodeOf<ResultOf<typeof ReconciliationsQuery>['reconciliations']>
export type DifferenceRow = NodeOf<ResultOf<typeof StatementDifferencesQuery>['statementDifferences']>
export type Health = ResultOf<typeof PaymentHealthQuery>['paymentHealth']
