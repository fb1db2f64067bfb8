// Calls to Http effects, answers back, and the copies for the service worker.
#include "core/app/mail_host.h"

#include <algorithm>

namespace machi::app {
namespace {

constexpr std::string_view kTimer = "mail";
constexpr std::string_view kPostPath = "/v1/post";

}  // namespace

void MailHost::listen(mail::ClientEvents& events) {
  events.on_envelope = [this](const base::MessageId& id, base::ByteView envelope) { kept_[id] = base::copy(envelope); };
  events.on_arrived = [this](const base::MessageId& id) { arrived_.push_back(id); };
}

bool MailHost::update(const Event& event) {
  const base::Instant now{event.at};
  if (const auto* answer = std::get_if<Answer>(&event.what)) {
    const base::Bytes body = blobs_.take(answer->body);
    client_->answer(answer->request, answer->status, body, now);
    return true;
  }
  if (const auto* chunk = std::get_if<Chunk>(&event.what)) {
    const base::Bytes body = blobs_.take(chunk->body);
    client_->chunk(chunk->request, body, now);
    return true;
  }
  if (const auto* posted = std::get_if<Posted>(&event.what)) {
    const base::Bytes receipt = blobs_.take(posted->body);
    // Anything but a receipt that holds leaves the envelope where it is: the client posts it again by itself.
    if (posted->status == 200 && client_->take_receipt(receipt, now).ok()) return true;
    client_->hurry(now);
    return true;
  }
  if (const auto* tick = std::get_if<Tick>(&event.what); tick && tick->timer == kTimer) {
    timer_due_.reset();
    return true;
  }
  if (const auto* online = std::get_if<Online>(&event.what)) client_->online(online->online, now);
  if (const auto* visible = std::get_if<Visible>(&event.what); visible && visible->visible) client_->hurry(now);
  return false;
}

void MailHost::flush(base::Instant now, std::vector<Effect>& out) {
  for (auto& [id, envelope] : kept_) {
    out.push_back({KeepForSync{id.hex(), hub_ + std::string(kPostPath), blobs_.put(std::move(envelope))}});
  }
  kept_.clear();
  for (mail::Call& call : client_->take_calls(now)) {
    Http http;
    http.request = call.id;
    http.method = call.method;
    http.url = hub_ + call.path;
    if (!call.body.empty()) {
      http.headers.push_back({"Content-Type", "application/cbor"});
      http.body = blobs_.put(std::move(call.body));
    }
    if (!call.ticket.empty()) http.headers.push_back({"Machi-Ticket", call.ticket});
    http.stream = call.stream;
    http.timeout_ms = call.timeout_ms;
    out.push_back({std::move(http)});
  }
  for (const std::int64_t call : client_->take_cancelled()) out.push_back({CancelHttp{call}});
  for (const base::MessageId& id : arrived_) out.push_back({ForgetForSync{id.hex()}});
  arrived_.clear();
  const auto wait = client_->wait(now);
  if (!wait) return;
  const std::int64_t due = now.ms + *wait;
  // Asked again only when it would come sooner, or the one before has rung.
  if (timer_due_ && *timer_due_ <= due && *timer_due_ > now.ms) return;
  timer_due_ = due;
  out.push_back({Timer{std::string(kTimer), std::max(*wait, 1)}});
}

}  // namespace machi::app
