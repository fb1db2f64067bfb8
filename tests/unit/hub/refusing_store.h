// A message store that refuses when it is told to, as a full disk does. Otherwise it is the store behind it.
#pragma once

#include "platform/hub/message_store.h"

namespace machi::hub {

class RefusingStore final : public MessageStore {
 public:
  explicit RefusingStore(MessageStore& behind) : behind_(behind) {}

  int appends_left = 1000000;  // messages before the disk is full
  bool refuse_commit = false;

  Status begin() override { return behind_.begin(); }
  Status commit() override {
    if (!refuse_commit) return behind_.commit();
    behind_.rollback();
    return base::fail(base::Code::Storage, "commit");
  }
  void rollback() override { behind_.rollback(); }
  Status attempt(const std::function<Status()>& work) override { return behind_.attempt(work); }
  Result<IncarnationId> incarnation() override { return behind_.incarnation(); }
  Status begin_incarnation(const IncarnationId& id, Instant now) override {
    return behind_.begin_incarnation(id, now);
  }
  Result<std::optional<MailboxRow>> mailbox(const MailboxId& id) override { return behind_.mailbox(id); }
  Status found_mailbox(const MailboxId& id, const IncarnationId& confirmed) override {
    return behind_.found_mailbox(id, confirmed);
  }
  Status confirm_mailbox(const MailboxId& id, const IncarnationId& confirmed) override {
    return behind_.confirm_mailbox(id, confirmed);
  }
  Result<std::optional<Posted>> find_message(const MailboxId& to, const SignPublic& from,
                                             const MessageId& id) override {
    return behind_.find_message(to, from, id);
  }
  Result<std::uint64_t> append_message(const MailboxId& to, const SignPublic& from, const MessageId& id,
                                       const Hash& hash, Instant at, ByteView envelope) override {
    if (appends_left-- <= 0) return base::fail(base::Code::StorageFull, "disk");
    return behind_.append_message(to, from, id, hash, at, envelope);
  }
  Result<std::vector<StoredMessage>> messages(const MailboxId& of, std::uint64_t after, std::size_t count,
                                              std::size_t bytes) override {
    return behind_.messages(of, after, count, bytes);
  }
  Status append_access(const MailboxId& of, std::uint64_t number, ByteView entry) override {
    return behind_.append_access(of, number, entry);
  }
  Result<std::vector<Bytes>> access(const MailboxId& of, std::uint64_t number) override {
    return behind_.access(of, number);
  }
  Status put_grant(const MailboxId& of, const SignPublic& reader, std::uint64_t epoch,
                   ByteView grant) override {
    return behind_.put_grant(of, reader, epoch, grant);
  }
  Result<std::vector<Bytes>> grants(const MailboxId& of, const SignPublic& reader) override {
    return behind_.grants(of, reader);
  }
  Status put_blob(const MailboxId& of, const Hash& hash, Instant at, ByteView bytes) override {
    return behind_.put_blob(of, hash, at, bytes);
  }
  Result<std::optional<Bytes>> blob(const MailboxId& of, const Hash& hash) override {
    return behind_.blob(of, hash);
  }
  Status drop_blob(const MailboxId& of, const Hash& hash) override { return behind_.drop_blob(of, hash); }
  Result<std::vector<Hash>> blobs_before(const MailboxId& of, Instant before) override {
    return behind_.blobs_before(of, before);
  }
  Status put_snapshot(const MailboxId& of, std::uint64_t covers, Instant at, ByteView snapshot) override {
    return behind_.put_snapshot(of, covers, at, snapshot);
  }
  Result<std::vector<StoredSnapshot>> snapshots(const MailboxId& of) override {
    return behind_.snapshots(of);
  }
  Status drop_snapshot(const MailboxId& of, std::uint64_t serial) override {
    return behind_.drop_snapshot(of, serial);
  }
  Result<std::vector<MailboxId>> snapshot_mailboxes() override { return behind_.snapshot_mailboxes(); }
  Result<std::uint64_t> forget_messages(const MailboxId& of, std::uint64_t through, Instant before,
                                        const IncarnationId& incarnation) override {
    return behind_.forget_messages(of, through, before, incarnation);
  }
  Status put_slot(const MailboxId& of, const mail::SlotId& id, ByteView record) override {
    return behind_.put_slot(of, id, record);
  }
  Result<std::optional<Bytes>> slot(const mail::SlotId& id) override { return behind_.slot(id); }
  Status put_slip(const mail::SlipId& id, const MailboxId& office, Instant to, ByteView record) override {
    return behind_.put_slip(id, office, to, record);
  }
  Result<std::optional<StoredSlip>> slip(const mail::SlipId& id) override { return behind_.slip(id); }

 private:
  MessageStore& behind_;
};

}  // namespace machi::hub
