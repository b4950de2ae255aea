"""Everything that can be done in the creator programme."""

from referrals.influencers.schema import creator_acts, desk_acts, payout_acts


class Mutations:
    """Root mutations of the creator programme."""

    save_creator_application = creator_acts.SaveCreatorApplication.field()
    submit_creator_application = creator_acts.SubmitCreatorApplication.field()
    join_creator_brief = creator_acts.JoinCreatorBrief.field()
    answer_collaboration = creator_acts.AnswerCollaboration.field()
    submit_creator_content = creator_acts.SubmitCreatorContent.field()
    use_creator_code = creator_acts.UseCreatorCode.field()
    dispute_commission = creator_acts.DisputeCommission.field()
    appeal_creator_violation = creator_acts.AppealCreatorViolation.field()
    take_creator_application = desk_acts.TakeCreatorApplication.field()
    decide_creator_application = desk_acts.DecideCreatorApplication.field()
    move_promoter = desk_acts.MovePromoter.field()
    record_creator_violation = desk_acts.RecordCreatorViolation.field()
    decide_creator_violation = desk_acts.DecideCreatorViolation.field()
    save_creator_brief = desk_acts.SaveCreatorBrief.field()
    close_creator_brief = desk_acts.CloseCreatorBrief.field()
    invite_creator = desk_acts.InviteCreator.field()
    send_creator_sample = desk_acts.SendCreatorSample.field()
    decide_creator_content = desk_acts.DecideCreatorContent.field()
    close_collaboration = desk_acts.CloseCollaboration.field()
    set_creator_rate = desk_acts.SetCreatorRate.field()
    close_creator_statements = payout_acts.CloseCreatorStatements.field()
    decide_creator_dispute = payout_acts.DecideCreatorDispute.field()
    open_payout_batch = payout_acts.OpenPayoutBatch.field()
    freeze_payout_batch = payout_acts.FreezePayoutBatch.field()
    approve_payout_batch = payout_acts.ApprovePayoutBatch.field()
    take_payout_file = payout_acts.TakePayoutFile.field()
    import_payout_results = payout_acts.ImportPayoutResults.field()
    cancel_payout_batch = payout_acts.CancelPayoutBatch.field()
