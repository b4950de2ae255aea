/** How buyers are protected: what is set up, what is promised, and what became of it. */
import { graphql } from '@/shared/graphql'

export const BuyerProtectionQuery = graphql(`
  query BuyerProtection {
    buyerProtection {
      asOf isEncrypted legalName licenceNumber recordNumber noReasonDays qualityDays repairDays priceDays
      waysToPay { name label isPractice }
      refunds { finished grantedShare medianHours answerMinutes days fewest }
      reviews { counted lowStars notCounted waiting removed }
    }
  }
`)
