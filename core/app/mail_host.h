// MailHost: between a mail::Client and the app's events and effects. Calls become Http, answers and ticks go back, and
// envelopes that wait are left outside for the service worker. Owned by an app, beside its client; one thread; no errors.
#pragma once

#include <map>

#include "core/app/app.h"
#include "core/mail/client.h"

namespace machi::app {

class MailHost {
 public:
  // hub: origin, without a slash at the end.
  MailHost(Blobs& blobs, std::string hub) : blobs_(blobs), hub_(std::move(hub)) {}

  // Takes over on_envelope and on_arrived; before the client is made.
  void listen(mail::ClientEvents& events);
  void attach(mail::Client& client) { client_ = &client; }

  // Answer, Chunk, Posted, Online, Visible, and the tick of "mail". False: the event is not the mail's (Online and
  // Visible are everybody's, and give false too).
  bool update(const Event& event);
  // What the client asks for now: at the end of every update of the app.
  void flush(base::Instant now, std::vector<Effect>& out);
  // The transaction in which envelopes were made since the last flush was rolled back.
  void forget_kept() { kept_.clear(); }

 private:
  Blobs& blobs_;
  std::string hub_;
  mail::Client* client_ = nullptr;
  std::map<base::MessageId, base::Bytes> kept_;
  std::vector<base::MessageId> arrived_;
  std::optional<std::int64_t> timer_due_;
};

}  // namespace machi::app
