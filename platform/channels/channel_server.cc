// Routes and answers.
#include "platform/channels/channel_server.h"

#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/text.h"
#include "platform/channels/page.h"

namespace machi::channels {

using base::Code;
using base::Instant;
using base::Status;
using host::HttpRequest;
using host::HttpResponse;

namespace {

constexpr std::size_t kSmall = 8 * 1024;

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }
std::string_view query_of(std::string_view target) {
  const std::size_t mark = target.find('?');
  return mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
}

HttpResponse json_answer(int status, const nlohmann::json& json) {
  HttpResponse out;
  out.status = status;
  out.content_type = "application/json";
  out.body = base::copy(base::view(json.dump() + "\n"));
  // Nothing is told by a cookie: any origin may ask, as the town's own app does.
  out.headers = {{"Access-Control-Allow-Origin", "*"}, {"Cache-Control", "no-store"}};
  return out;
}

HttpResponse refusal(int status, Code code) {
  return json_answer(status, {{"error", base::code_name(code)}});
}

HttpResponse refusal(const base::Error& error) {
  switch (error.code) {
    case Code::TooMany:
      return refusal(429, error.code);
    case Code::TooLarge:
      return refusal(413, error.code);
    case Code::NotAllowed:
      return refusal(403, error.code);
    case Code::Storage:
    case Code::StorageFull:
      return refusal(503, error.code);
    default:
      return refusal(400, error.code);
  }
}

std::string paragraph(const std::string& text) { return "<p>" + escaped(text) + "</p>"; }

std::string button_form(const std::string& action, const std::string& label) {
  return "<form method=\"post\" action=\"" + escaped(action) + "\"><button>" + escaped(label) +
         "</button></form>";
}

}  // namespace

std::size_t ChannelServer::body_limit(std::string_view, std::string_view target) const {
  const auto path = path_of(target);
  if (path == "/v1/line") return kLineBody;
  return path.starts_with("/v1/") || path.starts_with("/mail") ? kSmall : 0;
}

std::string_view ChannelServer::route_name(std::string_view, std::string_view target) const {
  const auto path = path_of(target);
  for (const std::string_view one :
       {"/v1/channels", "/v1/push", "/v1/uses", "/v1/line", "/mail", "/mail/confirm", "/mail/end"})
    if (path == one) return one;
  return path.starts_with("/n/") ? "/n" : "unknown";
}

bool ChannelServer::too_many(std::string_view route) {
  const std::int64_t minute = clock_().ms / 60'000;
  if (minute != minute_) seen_.clear();
  minute_ = minute;
  return ++seen_[std::string(route)] > most_a_minute;
}

HttpResponse ChannelServer::answer(const HttpRequest& request) {
  const std::string_view path = path_of(request.target), route = route_name(request.method, request.target);
  const bool get = request.method == "GET", post = request.method == "POST";
  if (too_many(route)) return refusal(429, Code::TooMany);
  if (request.method == "OPTIONS" && path.starts_with("/v1/")) {
    HttpResponse out = json_answer(204, nlohmann::json::object());
    out.body.clear();
    out.headers.push_back({"Access-Control-Allow-Methods", "GET, POST"});
    out.headers.push_back({"Access-Control-Allow-Headers", "content-type"});
    out.headers.push_back({"Access-Control-Max-Age", "7200"});
    return out;
  }
  if (path == "/v1/channels" && get)
    return json_answer(200, {{"push", station_.vapid().public_key()},
                             {"mail", !station_.options().from.empty()},
                             {"line", station_.options().line.has_value()}});
  if (path == "/v1/push" && post) return push(request);
  if (path == "/v1/uses" && post) return uses(request);
  if (path == "/v1/line" && post) return line(request);
  if (path == "/mail" && (get || post)) return mail(request);
  if (path == "/mail/confirm" && (get || post)) return confirm(request);
  if (path == "/mail/end" && (get || post)) return end(request);
  if (path.starts_with("/n/") && get) return notice(path.substr(3));
  return route == "unknown" ? refusal(404, Code::NotFound) : refusal(405, Code::Unsupported);
}

// {"subscription": PushSubscription, "topics": "child,disaster"}; without topics it ends.
HttpResponse ChannelServer::push(const HttpRequest& request) {
  const auto json = nlohmann::json::parse(request.body.begin(), request.body.end(), nullptr, false);
  if (!json.is_object() || !json.contains("subscription") || !json.contains("topics") ||
      !json["topics"].is_string())
    return refusal(400, Code::BadInput);
  const auto subscription =
      read_subscription(json["subscription"].dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                        station_.options().services);
  if (!subscription.ok()) return refusal(subscription.error());
  const auto topics = notice::read_topics(json["topics"].get<std::string>());
  if (!topics.ok()) return refusal(topics.error());
  const std::lock_guard held(station_.lock());
  const Status done =
      topics->none() ? station_.push().drop(*subscription) : station_.push().keep(*subscription, *topics);
  if (!done.ok()) return refusal(done.error());
  return json_answer(200, {{"topics", notice::topics_text(*topics)}});
}

HttpResponse ChannelServer::uses(const HttpRequest& request) {
  const auto report = read_use_report(base::text_view(request.body), clock_());
  if (!report.ok()) return refusal(report.error());
  const std::lock_guard held(station_.lock());
  if (const Status done = add_use(station_.database(), *report); !done.ok()) return refusal(done.error());
  return json_answer(200, nlohmann::json::object());
}

HttpResponse ChannelServer::line(const HttpRequest& request) {
  LineChannel* channel = station_.line();
  if (channel == nullptr) return refusal(404, Code::NotFound);
  if (!line_signature_holds(station_.options().line->secret, request.body,
                            request.header("x-line-signature")))
    return refusal(401, Code::BadSignature);
  const auto events = read_line_events(request.body);
  if (!events.ok()) return refusal(events.error());
  const std::lock_guard held(station_.lock());
  if (const Status done = channel->take(*events, clock_()); !done.ok()) return refusal(done.error());
  return json_answer(200, nlohmann::json::object());
}

HttpResponse ChannelServer::mail(const HttpRequest& request) {
  const auto say = [this](const char* key) { return words::plain(words_(key)); };
  if (station_.options().from.empty()) return refusal(404, Code::NotFound);
  std::string error;
  int status = 200;
  if (request.method == "POST") {
    const std::string_view form = base::text_view(request.body);
    std::string wanted = form_value(form, "topic");
    if (const std::string district = base::trimmed(base::fold_width(form_value(form, "district")));
        !district.empty())
      wanted += (wanted.empty() ? "" : ",") + ("district:" + district);
    const auto address = read_address(form_value(form, "address"));
    const auto topics = notice::read_topics(wanted);
    if (address.ok() && topics.ok() && !topics->none()) {
      const std::lock_guard held(station_.lock());
      const Status done = station_.mail().wish(*address, *topics, clock_());
      // Whether somebody has asked for this address before is nobody's business: one answer.
      if (done.ok() || done.error().detail == "address")
        return page(200, say("desk.channel.mail.title"), paragraph(say("desk.channel.mail.sent")));
      return page(503, say("desk.channel.mail.title"), paragraph(say("desk.channel.mail.later")));
    }
    status = 400;
    error = "<p role=\"alert\"><strong>" + escaped(say("desk.channel.mail.bad")) + "</strong></p>";
  }
  std::string body = paragraph(say("desk.channel.mail.how")) + paragraph(say("desk.channel.mail.knows")) +
                     error + "<form method=\"post\" action=\"/mail\"><p><label>" +
                     escaped(say("desk.channel.mail.address")) +
                     "<br><input name=\"address\" type=\"email\" required maxlength=\"254\" "
                     "autocomplete=\"email\"></label></p><fieldset><legend>" +
                     escaped(say("notice.push.topics")) + "</legend>";
  for (const char* topic : {"disaster", "child", "all"})
    body += std::string("<p><label><input type=\"checkbox\" name=\"topic\" value=\"") + topic + "\"> " +
            escaped(say((std::string("notice.push.topic.") + topic).c_str())) + "</label></p>";
  body += "<p><label>" + escaped(say("notice.push.district")) +
          "<br><input name=\"district\" maxlength=\"20\"></label></p></fieldset><p><button>" +
          escaped(say("desk.channel.mail.send")) + "</button></p></form>";
  return page(status, say("desk.channel.mail.title"), body);
}

// A link alone confirms nothing: programs open links before people do.
HttpResponse ChannelServer::confirm(const HttpRequest& request) {
  const auto say = [this](const char* key) { return words::plain(words_(key)); };
  const std::string token = form_value(query_of(request.target), "t");
  const std::lock_guard held(station_.lock());
  if (request.method == "POST") {
    const Status done = station_.mail().confirm(token, clock_());
    return done.ok()
               ? page(200, say("desk.channel.mail.title"), paragraph(say("desk.channel.mail.confirmed")))
               : page(404, say("desk.channel.mail.title"), paragraph(say("desk.channel.mail.old")));
  }
  if (!station_.mail().knows_wish(token, clock_()))
    return page(404, say("desk.channel.mail.title"), paragraph(say("desk.channel.mail.old")));
  return page(200, say("desk.channel.mail.title"),
              button_form("/mail/confirm?t=" + token, say("desk.channel.mail.confirm")));
}

// RFC 8058: a mail program posts List-Unsubscribe=One-Click; a person presses the page's button.
HttpResponse ChannelServer::end(const HttpRequest& request) {
  const auto say = [this](const char* key) { return words::plain(words_(key)); };
  const std::string token = form_value(query_of(request.target), "t");
  if (request.method != "POST")
    return page(200, say("desk.channel.mail.end"),
                button_form("/mail/end?t=" + token, say("desk.channel.mail.end")));
  const std::lock_guard held(station_.lock());
  // Pressed twice it is ended too.
  if (const Status done = station_.mail().end(token); !done.ok() && done.code() != Code::NotFound)
    return refusal(done.error());
  return page(200, say("desk.channel.mail.end"), paragraph(say("desk.channel.mail.ended")));
}

HttpResponse ChannelServer::notice(std::string_view text) {
  std::uint64_t serial = 0;
  const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), serial);
  std::optional<notice::NoticeEntry> found;
  const std::lock_guard held(station_.lock());
  if (error == std::errc() && at == text.data() + text.size()) found = station_.notice(serial, clock_());
  if (!found || found->body.texts.empty())
    return page(404, station_.options().name, paragraph(words::plain(words_("desk.channel.gone"))));
  if (const Status counted = station_.sums().add(clock_(), "link.opened"); !counted.ok())
    return refusal(counted.error());
  std::string body;
  bool first = true;
  for (const notice::NoticeText& one : found->body.texts) {
    body += "<section lang=\"" + escaped(one.language) + "\">";
    if (!std::exchange(first, false)) body += "<hr><h2>" + escaped(one.title) + "</h2>";
    std::string_view rest = one.text;
    while (!rest.empty()) {
      const std::size_t line = std::min(rest.find('\n'), rest.size());
      if (line > 0) body += paragraph(std::string(rest.substr(0, line)));
      rest.remove_prefix(std::min(line + 1, rest.size()));
    }
    body += "</section>";
  }
  if (found->body.link.starts_with("https://"))
    body += "<p><a rel=\"noreferrer\" href=\"" + escaped(found->body.link) + "\">" +
            escaped(found->body.link) + "</a></p>";
  return page(200, found->body.texts[0].title, body);
}

}  // namespace machi::channels
