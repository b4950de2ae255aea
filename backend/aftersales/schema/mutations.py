"""Everything that can be done in after-sales."""

from backend.aftersales.schema import advances, away, buyer_acts, care, desk_acts, desk_books


class Mutations:
    """The mutations of after-sales."""

    apply_for_after_sale = buyer_acts.ApplyForAfterSale.field()
    cancel_after_sale = buyer_acts.CancelAfterSale.field()
    send_back_after_sale = buyer_acts.SendBackAfterSale.field()
    appeal_after_sale = buyer_acts.AppealAfterSale.field()
    write_to_after_sale = buyer_acts.WriteToAfterSale.field()
    confirm_reshipped = buyer_acts.ConfirmReshipped.field()
    rate_after_sale = buyer_acts.RateAfterSale.field()
    take_after_sale = desk_acts.TakeAfterSale.field()
    approve_after_sale = desk_acts.ApproveAfterSale.field()
    reject_after_sale = desk_acts.RejectAfterSale.field()
    escalate_after_sale = desk_acts.EscalateAfterSale.field()
    answer_after_sale = desk_acts.AnswerAfterSale.field()
    receive_after_sale = desk_acts.ReceiveAfterSale.field()
    inspect_after_sale = desk_acts.InspectAfterSale.field()
    finish_repair = desk_acts.FinishRepair.field()
    answer_appeal = desk_acts.AnswerAppeal.field()
    arbitrate_after_sale = desk_acts.ArbitrateAfterSale.field()
    offer_compensation = desk_books.OfferCompensation.field()
    decide_compensation = desk_books.DecideCompensation.field()
    write_knowledge = desk_books.WriteKnowledge.field()
    publish_knowledge = desk_books.PublishKnowledge.field()
    set_own_flow = care.SetOwnFlow.field()
    end_own_flow = care.EndOwnFlow.field()
    object_to_flow = care.ObjectToFlow.field()
    settle_advance = advances.SettleAdvance.field()
    record_absence = away.RecordAbsence.field()
    call_off_absence = away.CallOffAbsence.field()
    set_category_terms = desk_books.SetCategoryTerms.field()
