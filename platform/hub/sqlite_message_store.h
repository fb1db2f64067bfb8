// The message store on SQLite: write-ahead log and synchronous=FULL for a file, or memory for tests and
// simulations. Belongs to one thread.
#pragma once

#include <memory>
#include <optional>

#include "core/store/database.h"
#include "platform/hub/message_store.h"

namespace machi::hub {

class SqliteMessageStore final : public MessageStore {
 public:
  // `options.wal` for a file of a hub; ":memory:" is the default of a simulation.
  static Result<std::unique_ptr<SqliteMessageStore>> open(const store::OpenOptions& options);

  Status begin() override;
  Status commit() override;
  void rollback() override;
  Status attempt(const std::function<Status()>& work) override;

  Result<IncarnationId> incarnation() override;
  Status begin_incarnation(const IncarnationId& id, Instant now) override;

  Result<std::optional<MailboxRow>> mailbox(const MailboxId& mailbox) override;
  Status found_mailbox(const MailboxId& mailbox, const IncarnationId& confirmed) override;
  Status confirm_mailbox(const MailboxId& mailbox, const IncarnationId& confirmed) override;

  Result<std::optional<Posted>> find_message(const MailboxId& mailbox, const SignPublic& from,
                                             const MessageId& id) override;
  Result<std::uint64_t> append_message(const MailboxId& mailbox, const SignPublic& from, const MessageId& id,
                                       const Hash& hash, Instant at, ByteView envelope) override;
  Result<std::vector<StoredMessage>> messages(const MailboxId& mailbox, std::uint64_t after,
                                              std::size_t count, std::size_t bytes) override;

  Status append_access(const MailboxId& mailbox, std::uint64_t number, ByteView entry) override;
  Result<std::vector<Bytes>> access(const MailboxId& mailbox, std::uint64_t number) override;

  Status put_grant(const MailboxId& mailbox, const SignPublic& reader, std::uint64_t epoch,
                   ByteView grant) override;
  Result<std::vector<Bytes>> grants(const MailboxId& mailbox, const SignPublic& reader) override;

  Status put_blob(const MailboxId& mailbox, const Hash& hash, Instant at, ByteView bytes) override;
  Result<std::optional<Bytes>> blob(const MailboxId& mailbox, const Hash& hash) override;

  Status drop_blob(const MailboxId& mailbox, const Hash& hash) override;
  Result<std::vector<Hash>> blobs_before(const MailboxId& mailbox, Instant before) override;

  Status put_snapshot(const MailboxId& mailbox, std::uint64_t covers, Instant at, ByteView snapshot) override;
  Result<std::vector<StoredSnapshot>> snapshots(const MailboxId& mailbox) override;
  Status drop_snapshot(const MailboxId& mailbox, std::uint64_t serial) override;
  Result<std::vector<MailboxId>> snapshot_mailboxes() override;
  Result<std::uint64_t> forget_messages(const MailboxId& mailbox, std::uint64_t through, Instant before,
                                        const IncarnationId& incarnation) override;

  Status put_slot(const MailboxId& mailbox, const mail::SlotId& id, ByteView record) override;
  Result<std::optional<Bytes>> slot(const mail::SlotId& id) override;

  Status put_slip(const mail::SlipId& id, const MailboxId& office, Instant to, ByteView record) override;
  Result<std::optional<StoredSlip>> slip(const mail::SlipId& id) override;

  // A consistent copy into a new file, and what SQLite's own check finds ("" when nothing).
  Status backup_to(const std::string& path) { return database_->backup_to(path); }
  // The same of a file that another process, of this or another version, goes on writing to: its state at the
  // beginning, copied in steps, and its incarnation. Nothing in `from` is changed. `between` is called after
  // each step.
  static Result<IncarnationId> copy_running(const std::string& from, const std::string& to,
                                            const std::function<void()>& between);
  // SQLite's check of a file that nobody has open, whatever version wrote it.
  static Result<std::string> check_file(const std::string& path);
  Result<std::string> check() { return database_->check(); }

  // Called after every commit with the seconds that it took to be durable.
  std::function<void(double)> on_durable;

 private:
  explicit SqliteMessageStore(std::unique_ptr<store::Database> database) : database_(std::move(database)) {}
  std::unique_ptr<store::Database> database_;
  std::optional<store::Transaction> batch_;  // goes before the database
};

}  // namespace machi::hub
