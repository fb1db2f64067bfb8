// The message store on PostgreSQL 15 or later, or a database that speaks its protocol. Several hub processes
// without state may stand on one: a mailbox's row is locked while its numbers are taken, in the mailboxes'
// order, and what was read is read again in the next batch. Belongs to one thread; docs in
// platform/hub/README.md.
#pragma once

#include <functional>
#include <memory>

#include "platform/hub/postgres/postgres_batch.h"

namespace machi::hub {

class PostgresMessageStore final : public MessageStore {
 public:
  // Makes the tables when they are not there. Unreachable or Storage when the database is not there.
  static Result<std::unique_ptr<PostgresMessageStore>> open(const std::string& url);

  Status begin() override { return batch_.begin(); }
  Status commit() override;
  void rollback() override { batch_.rollback(); }
  Status attempt(const std::function<Status()>& work) override { return batch_.attempt(work); }

  bool shared() const override { return true; }
  Status expect(std::span<const Expected> expected) override;
  void release() override;
  bool again() const override { return batch_.again(); }
  Result<std::vector<Standing>> standings(std::span<const MailboxId> mailboxes) override;
  Result<bool> use_once(const MailboxId& mailbox, ByteView mark, Instant until, Instant now) override;

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

  // Called after every commit with the seconds that it took to be durable.
  std::function<void(double)> on_durable;

 private:
  explicit PostgresMessageStore(std::unique_ptr<PostgresConnection> connection)
      : connection_(std::move(connection)), batch_(*connection_) {}
  std::unique_ptr<PostgresConnection> connection_;
  PostgresBatch batch_;
};

}  // namespace machi::hub
