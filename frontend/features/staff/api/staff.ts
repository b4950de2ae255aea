/** Who is at the console. */
import { graphql } from '@/shared/graphql'

export const StaffQuery = graphql(`
  query Staff {
    viewer {
      id
      roles
      email
      profile {
        id
        name
        face
      }
    }
  }
`)
