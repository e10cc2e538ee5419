-- Elements that are made for one person or message were counted in words that name it, a row for
-- each; from now on in the same words for all.
DELETE FROM locator_uses
WHERE element IN (
    'conversation_deeds.row',
    'groups.linking',
    'invitation_card.labelled',
    'invitation_card.linking',
    'invitation_card.numbered',
    'message_deeds.given',
    'message_deeds.message',
    'message_deeds.offered',
    'messaging.bubble',
    'post.card'
);
