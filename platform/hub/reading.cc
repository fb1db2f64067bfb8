// Tickets and reads. decode_* on any thread, the rest on the store's.
#include "platform/hub/reading.h"

#include <algorithm>

#include "core/code/cbor.h"
#include "platform/hub/routes.h"
#include "platform/hub/snapshot_counter.h"

namespace machi::hub {

using base::Code;
using base::fail;
using code::Cbor;

namespace {

constexpr std::size_t kAnswerBytes = 1000000;
constexpr std::uint64_t kDefaultCount = 200;
constexpr std::uint64_t kMostCount = 1000;

Result<std::uint64_t> number_or(const Request& request, std::string_view name, std::uint64_t otherwise) {
  auto number = number_in_query(request.target, name);
  if (!number.ok() && number.code() == Code::Missing) return otherwise;
  return number;
}

Status may(const OfficeState& office, const Mailbox& mailbox, const SignPublic& key, Wish wish, Instant now) {
  // First: a restored hub may not know yet of a key that was added, and must not tell it that it was taken
  // out.
  if (mailbox.confirmed != office.incarnation) return fail(Code::HeadNeeded, "mailbox was restored");
  MACHI_TRY_SET(member, member_of(mailbox, key, now));
  if (!member.rights.read && !(wish == Wish::ReadOrAdmin && member.rights.admin))
    return fail(Code::NotAllowed, "right to read");
  return {};
}

Cbor message_item(const StoredMessage& message) {
  return Cbor::array({Cbor(message.number), Cbor(ByteView(message.envelope))});
}

void append_frame(Bytes& out, const Bytes& content) {
  const auto length = static_cast<std::uint32_t>(content.size());
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(length >> shift));
  out.insert(out.end(), content.begin(), content.end());
}

}  // namespace

Result<ChallengeWork> decode_challenge(const Request& request) {
  MACHI_TRY_SET(map, code::decode(request.body));
  MACHI_TRY_SET(mailbox, map.bytes_at(1));
  MACHI_TRY_SET(id, MailboxId::from(mailbox));
  MACHI_TRY_SET(key, map.fixed_at<32>(2));
  return ChallengeWork{id, SignPublic{key}};
}

Result<Answer> give_challenge(OfficeState& office, const ChallengeWork& work, Instant now) {
  const Token challenge = office.tickets.challenge(work.mailbox, work.key, now);
  return answer(code::encode(Cbor::map({{1, challenge}})));
}

Result<TicketWork> decode_ticket(const Request& request) {
  MACHI_TRY_SET(asked, mail::read_ticket_request(request.body));
  return TicketWork{asked};
}

Result<Answer> give_ticket(OfficeState& office, const TicketWork& work, Instant now) {
  const mail::TicketRequest& asked = work.request;
  if (asked.incarnation != office.incarnation) return fail(Code::Conflict, "incarnation");
  MACHI_TRY_SET(mailbox, office.mailboxes.at(asked.mailbox));
  MACHI_TRY(may(office, *mailbox, asked.key, Wish::ReadOrAdmin, now));
  MACHI_TRY(office.tickets.use(asked.challenge, asked.mailbox, asked.key, now));
  if (const std::uint32_t wait = office.rates.take_change(asked.mailbox, asked.key, now); wait != 0)
    return too_many(wait);
  const Token ticket = office.tickets.issue(asked.mailbox, asked.key, office.incarnation, now);
  return answer(code::encode(Cbor::map({{1, ticket}, {2, kTicketSeconds}})));
}

Result<TicketHolder> holder_of(OfficeState& office, std::string_view ticket, Wish wish, Instant now) {
  MACHI_TRY_SET(claim, read_ticket(ticket));
  MACHI_TRY_SET(mailbox, office.mailboxes.find(claim.mailbox));
  if (mailbox == nullptr) return fail(Code::Expired, "ticket");
  MACHI_TRY_SET(holder, office.tickets.find(claim, mailbox->ever, office.incarnation, now));
  MACHI_TRY(may(office, *mailbox, holder.key, wish, now));
  return holder;
}

Result<MessagesWork> decode_messages(const Request& request) {
  MACHI_TRY_SET(after, number_or(request, "after", 0));
  MACHI_TRY_SET(limit, number_or(request, "limit", kDefaultCount));
  return MessagesWork{request.ticket, after, limit};
}

Result<Answer> read_messages(OfficeState& office, const MessagesWork& work, Instant now) {
  MACHI_TRY_SET(holder, holder_of(office, work.ticket, Wish::Read, now));
  const auto count = static_cast<std::size_t>(std::min(work.limit, kMostCount));
  MACHI_TRY_SET(row, office.store.mailbox(holder.mailbox));
  if (row && work.after + 1 < row->oldest) return begins_later(*row);
  MACHI_TRY_SET(messages, office.store.messages(holder.mailbox, work.after, count, kAnswerBytes));
  code::CborArray items;
  for (const StoredMessage& message : messages) items.push_back(message_item(message));
  return answer(code::encode(
      Cbor::map({{1, office.incarnation.view()}, {2, Cbor(std::move(items))}, {3, row ? row->newest : 0}})));
}

Result<StreamWork> decode_stream(const Request& request) {
  MACHI_TRY_SET(after, number_or(request, "after", 0));
  return StreamWork{request.ticket, after};
}

Result<Answer> open_stream(OfficeState& office, const StreamWork& work, Instant now) {
  MACHI_TRY_SET(holder, holder_of(office, work.ticket, Wish::Read, now));
  MACHI_TRY_SET(row, office.store.mailbox(holder.mailbox));
  if (row && work.after + 1 < row->oldest) return begins_later(*row);
  StreamCursor cursor{holder.mailbox, holder.key, work.after, holder.until};
  MACHI_TRY_SET(frames, pull_stream(office, cursor, now));
  Answer out = answer(std::move(frames));
  out.response.stream = cursor;
  return out;
}

Result<Bytes> pull_stream(OfficeState& office, StreamCursor& cursor, Instant now) {
  if (cursor.until < now) return fail(Code::Expired, "ticket");
  MACHI_TRY_SET(mailbox, office.mailboxes.at(cursor.mailbox));
  MACHI_TRY(may(office, *mailbox, cursor.key, Wish::Read, now));
  MACHI_TRY_SET(messages, office.store.messages(cursor.mailbox, cursor.after, kDefaultCount, kAnswerBytes));
  // What was deleted under an open stream is not skipped in silence.
  if (!messages.empty() && messages.front().number != cursor.after + 1) return fail(Code::Conflict, "gap");
  Bytes frames;
  for (const StoredMessage& message : messages) {
    append_frame(frames, code::encode(message_item(message)));
    cursor.after = message.number;
  }
  return frames;
}

Bytes idle_frame() {
  Bytes out;
  append_frame(out, code::encode(Cbor(nullptr)));
  return out;
}

Result<AccessReadWork> decode_access_read(const Request& request) {
  MACHI_TRY_SET(after, number_or(request, "after", 0));
  return AccessReadWork{request.ticket, after};
}

Result<Answer> read_access(OfficeState& office, const AccessReadWork& work, Instant now) {
  MACHI_TRY_SET(holder, holder_of(office, work.ticket, Wish::ReadOrAdmin, now));
  MACHI_TRY_SET(mailbox, office.mailboxes.at(holder.mailbox));
  MACHI_TRY_SET(entries, office.store.access(holder.mailbox, work.after));
  code::CborArray items;
  std::size_t sum = 0;
  for (const Bytes& entry : entries) {
    sum += entry.size();
    if (sum > kAnswerBytes) break;
    items.emplace_back(ByteView(entry));
  }
  return answer(code::encode(Cbor::map({{1, Cbor(std::move(items))}, {2, mailbox->log.next_number()}})));
}

Result<GrantsReadWork> decode_grants_read(const Request& request) { return GrantsReadWork{request.ticket}; }

Result<Answer> read_grants(OfficeState& office, const GrantsReadWork& work, Instant now) {
  MACHI_TRY_SET(holder, holder_of(office, work.ticket, Wish::Read, now));
  MACHI_TRY_SET(grants, office.store.grants(holder.mailbox, holder.key));
  code::CborArray items;
  for (const Bytes& grant : grants) items.emplace_back(ByteView(grant));
  return answer(code::encode(Cbor(std::move(items))));
}

}  // namespace machi::hub
