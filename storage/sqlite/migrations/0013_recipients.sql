-- With whom alone an account has which conversation, so that both name the same recipient.
CREATE TABLE conversations (
    member_id TEXT NOT NULL REFERENCES members (id),
    thread_id TEXT NOT NULL,
    profile_id TEXT NOT NULL,
    PRIMARY KEY (member_id, thread_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversations_by_person ON conversations (member_id, profile_id);

-- What a task says to a person, whatever they were called in the request. Who it is stands here from
-- the point of no return on. A task that was accepted without a guard is sent as often as asked for.
CREATE TABLE task_words (
    task_seq INTEGER PRIMARY KEY REFERENCES tasks (seq),
    words_digest TEXT NOT NULL,
    recipient_id TEXT,
    guarded_for INTEGER,
    guarded_while_owed INTEGER,
    CONSTRAINT guarded_by_both CHECK ((guarded_for IS NULL) = (guarded_while_owed IS NULL))
) STRICT;

CREATE INDEX task_words_by_recipient ON task_words (recipient_id, words_digest)
WHERE recipient_id IS NOT NULL;
