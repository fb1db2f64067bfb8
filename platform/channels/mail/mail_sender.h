// Letters that are due: confirmations of wishes first, then what the queue holds; one after the other over
// one connection. A letter carries a topic and a link, nothing of a notice's words and nothing of a person.
// run() blocks; the database is touched under the lock alone.
#pragma once

#include <mutex>

#include "core/words/words.h"
#include "platform/channels/mail/mail_book.h"
#include "platform/channels/mail/message.h"
#include "platform/channels/queue.h"

namespace machi::channels {

struct MailTown {
  std::string name;    // 日和町
  std::string from;    // whose letters they are
  std::string origin;  // https://news.town.example: where confirming, ending and reading happen
};

class MailSender {
 public:
  // The SMTP server's reply; 0: none.
  using Send = std::function<base::Result<int>(const std::string& to, const std::string& message)>;
  MailSender(MailBook& book, Queue& queue, const words::Words& words, MailTown town, std::mutex& lock,
             Send send)
      : book_(book),
        queue_(queue),
        words_(words),
        town_(std::move(town)),
        lock_(lock),
        send_(std::move(send)) {}

  // How many letters were tried.
  base::Result<std::size_t> run(base::Instant now);
  std::size_t batch = 100;

 private:
  Letter confirmation(const MailWish& wish) const;
  Letter notice(const MailReader& reader, const Due& due) const;

  MailBook& book_;
  Queue& queue_;
  const words::Words& words_;
  MailTown town_;
  std::mutex& lock_;
  Send send_;
};

// 2xx sent, 550, 551, 553 no such receiver, another 5xx never, everything else later.
Outcome outcome_of_smtp(int reply, int tries, base::Instant now);

}  // namespace machi::channels
