// Two kinds of letters, one loop.
#include "platform/channels/mail/mail_sender.h"

namespace machi::channels {

using base::Instant;
using base::Result;

Outcome outcome_of_smtp(int reply, int tries, Instant now) {
  if (reply >= 200 && reply < 300) return {Fate::Sent, {}, false};
  if (reply == 550 || reply == 551 || reply == 553) return {Fate::Gone, {}, false};
  if (reply >= 500) return {Fate::Never, {}, false};
  Outcome out = outcome_of(503, {}, tries, now);
  out.everybody = reply == 0 || reply == 421;  // the server, not this mailbox
  return out;
}

Letter MailSender::confirmation(const MailWish& wish) const {
  const std::string link = town_.origin + "/mail/confirm?t=" + wish.token;
  Letter out;
  out.from = town_.from;
  out.from_name = town_.name;
  out.to = wish.address;
  out.subject = words::plain(words_("desk.channel.mail.confirm.subject", {{"town", town_.name}}));
  out.text = words::plain(words_("desk.channel.mail.confirm.text", {{"town", town_.name}})) + "\n\n" + link +
             "\n\n" + words::plain(words_("desk.channel.mail.confirm.not")) + "\n";
  out.id = "wish." + wish.token.substr(0, 8);
  return out;
}

Letter MailSender::notice(const MailReader& reader, const Due& due) const {
  const std::string topic = words::plain(words_("notice.push.topic." + due.topic));
  Letter out;
  out.from = town_.from;
  out.from_name = town_.name;
  out.to = reader.address;
  out.subject = words::plain(words_("desk.channel.subject", {{"town", town_.name}, {"topic", topic}}));
  out.end_at = town_.origin + "/mail/end?t=" + reader.token;
  out.text = words::plain(words_("desk.channel.text", {{"topic", topic}})) + "\n\n" + town_.origin + "/n/" +
             std::to_string(due.serial) + "\n\n--\n" + words::plain(words_("desk.channel.mail.end")) + ": " +
             out.end_at + "\n";
  out.id = "notice." + std::to_string(due.serial) + "." + std::to_string(due.receiver);
  return out;
}

Result<std::size_t> MailSender::run(Instant now) {
  std::vector<MailWish> wishes;
  std::vector<std::pair<Due, MailReader>> work;
  {
    const std::lock_guard held(lock_);
    MACHI_TRY_SET(until, queue_.paused("mail", ""));
    if (now < until) return std::size_t{0};
    MACHI_TRY_SET(unsent, book_.unsent(batch, now));
    wishes = std::move(unsent);
    MACHI_TRY_SET(due, queue_.take("mail", now, batch));
    for (Due& one : due) {
      MACHI_TRY_SET(reader, book_.find(one.receiver));
      if (reader)
        work.emplace_back(std::move(one), std::move(*reader));
      else
        MACHI_TRY(queue_.forget("mail", one.receiver));
    }
  }
  std::size_t tried = 0;
  // 0: the server is away, and the rest waits with this one.
  const auto post = [&](const Letter& letter, int tries, Outcome& outcome) {
    ++tried;
    const auto reply = send_(letter.to, letter_text(letter, now));
    outcome = reply.ok() ? outcome_of_smtp(*reply, tries, now) : Outcome{Fate::Never, {}, false};
    return !outcome.everybody;
  };
  for (const MailWish& wish : wishes) {
    Outcome outcome;
    const bool on = post(confirmation(wish), 0, outcome);
    const std::lock_guard held(lock_);
    if (!on) {
      MACHI_TRY(queue_.pause("mail", "", outcome.again));
      return tried;
    }
    // A wish whose mailbox is busy is tried again with the next batch, until it is too old.
    if (outcome.fate != Fate::Later) MACHI_TRY(book_.sent(wish.id));
  }
  for (const auto& [due, reader] : work) {
    Outcome outcome;
    const bool on = post(notice(reader, due), due.tries, outcome);
    const std::lock_guard held(lock_);
    if (!on) {
      MACHI_TRY(queue_.pause("mail", "", outcome.again));
      return tried;
    }
    MACHI_TRY(queue_.settle(due, outcome, now));
    if (outcome.fate == Fate::Gone) {
      MACHI_TRY(book_.end(due.receiver));
      MACHI_TRY(queue_.forget("mail", due.receiver));
    }
  }
  return tried;
}

}  // namespace machi::channels
