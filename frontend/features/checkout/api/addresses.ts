/** The viewer's addresses. */
import { graphql, type ResultOf } from '@/shared/graphql'

export const AddressesQuery = graphql(`
  query Addresses {
    viewer {
      id
      addresses { id name phone province city district line isDefault }
    }
  }
`)

export type Address = NonNullable<ResultOf<typeof AddressesQuery>['viewer']>['addresses'][number]

export const SaveAddressMutation = graphql(`
  mutation SaveAddress($input: SaveAddressInput!) {
    saveAddress(input: $input) {
      address { id name phone province city district line isDefault }
      errors { code message field details }
    }
  }
`)

export const DeleteAddressMutation = graphql(`
  mutation DeleteAddress($input: DeleteAddressInput!) {
    deleteAddress(input: $input) { deletedId errors { code message field details } }
  }
`)

export const ChangeOrderAddressMutation = graphql(`
  mutation ChangeOrderAddress($input: ChangeOrderAddressInput!) {
    changeOrderAddress(input: $input) { order { id } errors { code message field details } }
  }
`)

/** An address in one line. */
export const wholeAddress = (each: Address): string => [each.province, each.city === each.province ? '' : each.city, each.district, each.line].filter(Boolean).join(' ')
