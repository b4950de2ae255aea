/** The review queue, reports of wrong information, tables of products. */
import { graphql } from '@/shared/graphql'

export const RevisionQueueQuery = graphql(`
  query RevisionQueue($first: Int, $after: String) {
    revisionQueue(first: $first, after: $after) {
      edges {
        node {
          id
          state
          round
          submittedAt
          canDecide
          submittedBy { id name face }
          product { id slug title picture { src avif webp width height blur } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const RevisionQuery = graphql(`
  query Revision($id: ID!) {
    revision(id: $id) {
      id
      productId
      state
      round
      content
      canDecide
      submittedAt
      submittedBy { id name face }
      product { id slug title }
      changes { path before after }
      decisions { id round level verdict reason at decidedBy { id name face } }
    }
  }
`)

export const DecideRevisionMutation = graphql(`
  mutation DecideRevision($input: DecideRevisionInput!) {
    decideRevision(input: $input) {
      revision { id state }
      errors { code message field details }
    }
  }
`)

export const InformationReportsQuery = graphql(`
  query InformationReports($isOpen: Boolean!, $first: Int, $after: String) {
    informationReports(isOpen: $isOpen, first: $first, after: $after) {
      edges {
        node {
          id
          part
          text
          reportedAt
          wasRight
          answer
          answeredAt
          reporter { id name face }
          answeredBy { id name face }
          product { id slug title picture { src avif webp width height blur } }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const AnswerInformationReportMutation = graphql(`
  mutation AnswerInformationReport($input: AnswerInformationReportInput!) {
    answerInformationReport(input: $input) {
      report { id }
      errors { code message field details }
    }
  }
`)

export const CatalogueImportsQuery = graphql(`
  query CatalogueImports($first: Int, $after: String) {
    catalogueImports(first: $first, after: $after) {
      edges {
        node {
          id
          fileName
          state
          rowsCount
          readRows
          madeCount
          changedCount
          unchangedCount
          refusedRows
          problemsUrl
          handedInAt
          endedAt
          owner { id name face }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const ImportProblemsQuery = graphql(`
  query ImportProblems($id: ID!, $first: Int) {
    importProblems(id: $id, first: $first) {
      edges { node { rowNumber reason } }
      pageInfo { hasNextPage endCursor }
    }
  }
`)

export const ImportCatalogueMutation = graphql(`
  mutation ImportCatalogue($input: ImportCatalogueInput!) {
    importCatalogue(input: $input) {
      table { id }
      errors { code message field details }
    }
  }
`)

export const MerchandisingChanged = graphql(`
  subscription MerchandisingChanged {
    merchandisingChanged { version }
  }
`)
