// What a transaction on PostgreSQL holds in memory so that a whole batch costs two round trips: one that
// locks its mailboxes and looks for its messages, one that writes everything and commits. Writes wait here; a
// read sends them first. An attempt that fails takes back what is still here, and what was sent by a
// savepoint. Belongs to the thread of the store.
#pragma once

#include <map>
#include <optional>
#include <tuple>

#include "platform/hub/message_store.h"
#include "platform/hub/postgres/postgres_connection.h"
#include "platform/hub/postgres/postgres_values.h"

namespace machi::hub {

// A mailbox's row as this transaction sees it.
struct HeldMailbox {
  std::optional<MailboxRow> row;
  bool locked = false;  // nobody else changes it before the transaction ends
  bool moved = false;   // numbers were taken that the table does not have yet
};

class PostgresBatch {
 public:
  using MessageKey = std::tuple<MailboxId, SignPublic, MessageId>;

  explicit PostgresBatch(PostgresConnection& connection) : connection_(connection) {}

  Status begin();
  Status commit();
  void rollback();
  Status attempt(const std::function<Status()>& work);
  // Keeps what is read until clear(), for reads without a transaction.
  void keep() { keeping_ = true; }
  void clear();
  bool open() const { return open_; }
  bool again() const { return again_; }

  // Sends what waits, then this; the answers to this alone.
  Result<std::vector<PgRows>> ask(std::vector<PgQuery> queries);
  Result<PgRows> ask(PgQuery query);
  // Waits for the commit or the next question.
  Status write(PgQuery query);
  Status write_message(const MailboxId& mailbox, std::uint64_t number, const SignPublic& from,
                       const MessageId& id, const Hash& hash, Instant at, ByteView envelope);

  // Reads the row once; `lock`: nobody else changes it from now on.
  Result<HeldMailbox*> mailbox(const MailboxId& mailbox, bool lock);
  // Before a change to what is held: it is undone with the attempt.
  void touch(const MailboxId& mailbox, const HeldMailbox& held);
  void hold(const MailboxId& mailbox, HeldMailbox held) { held_[mailbox] = std::move(held); }
  // A message that was looked for: nullptr when it was not.
  std::optional<Posted>* looked_for(const MessageKey& key);
  void found(const MessageKey& key, std::optional<Posted> posted);

  std::optional<IncarnationId> incarnation;

 private:
  struct Messages {
    PgArray mailbox{PgArray::Of::Strings}, number{PgArray::Of::Integers}, sender{PgArray::Of::Strings},
        id{PgArray::Of::Strings}, hash{PgArray::Of::Strings}, at{PgArray::Of::Integers},
        envelope{PgArray::Of::Strings};
  };
  using Places = std::array<PgArray::Place, 7>;
  struct Attempt {
    std::size_t writes = 0;  // that waited when it began
    Places messages;
    bool savepoint = false;
    std::vector<std::pair<MailboxId, HeldMailbox>> held;
    std::vector<std::pair<MessageKey, std::optional<Posted>>> found;
  };

  Places places() const;
  static PgQuery insert_of(const Messages& messages, const Places& from, const Places& to);
  static PgQuery moved_and_inserted(PgQuery moved, PgQuery insert);
  std::optional<PgQuery> move_mailboxes();
  std::vector<PgQuery> take_waiting();
  void undo(Attempt& attempt);
  Status broken(base::Error error);

  PostgresConnection& connection_;
  bool open_ = false;
  bool begun_ = false;  // the server knows
  bool keeping_ = false;
  bool again_ = false;
  std::uint64_t life_ = 0;  // of the connection on which it was begun
  std::optional<base::Error> broken_;
  std::vector<PgQuery> writes_;
  Messages messages_;
  std::map<MailboxId, HeldMailbox> held_;
  std::map<MessageKey, std::optional<Posted>> looked_;
  std::optional<Attempt> attempt_;
};

}  // namespace machi::hub
