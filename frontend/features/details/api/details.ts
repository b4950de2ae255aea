/** What stands below a product: its data sheet, video, 3-D model, test reports, price over time. The same for everybody. */
import { graphql } from '@/shared/graphql'

export const ProductDetailsQuery = graphql(`
  query ProductDetails($slug: String!) {
    product(slug: $slug) {
      id
      category { slug tryOn }
      brand { id slug name logo { src avif webp width height blur } }
      attributes { key name text }
      angles { role alt picture { src avif webp width height blur } }
      media { id kind title url mediaType sizeBytes seconds poster { src avif webp width height blur } }
      testReports { id title issuer number issuedOn validUntil url sizeBytes }
      priceHistory { at price { minor currency } }
      price { minor currency }
    }
  }
`)

export const ReportInformationMutation = graphql(`
  mutation ReportInformation($input: ReportInformationInput!) {
    reportInformation(input: $input) {
      reportId
      errors { code message field details }
    }
  }
`)
