// From HTTP to the post office and back. serve() on the HTTP server's thread, work() on the writer's.
#include "platform/hub/hub_server.h"

#include <algorithm>

#include "platform/hub/routes.h"

namespace machi::hub {

using base::Code;
using host::HttpRequest;
using host::HttpResponse;

HubServer::HubServer(PostOffice& office, HubServerOptions options, std::function<Instant()> clock,
                     const host::EventLog& log)
    : office_(office), options_(std::move(options)), clock_(std::move(clock)), log_(log) {
  office_.on_news(
      [this](std::span<const MailboxId> news) { news_.insert(news_.end(), news.begin(), news.end()); });
  writer_ = std::thread([this] { work(); });
}

HubServer::~HubServer() {
  finish();
  office_.on_news({});
}

void HubServer::finish() {
  if (!writer_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    finish_ = true;
  }
  wake_.notify_one();
  writer_.join();
}

std::size_t HubServer::body_limit(std::string_view method, std::string_view target) const {
  return method == "POST" ? hub::body_limit(target) : 0;
}

std::string_view HubServer::route_name(std::string_view method, std::string_view target) const {
  if (method == "OPTIONS") return "preflight";
  auto row = find_route(method, target);
  return row.ok() ? row->name : std::string_view("unknown");
}

bool HubServer::allowed(std::string_view origin) const {
  return !origin.empty() &&
         std::find(options_.origins.begin(), options_.origins.end(), origin) != options_.origins.end();
}

HttpResponse HubServer::dressed(HttpResponse response, std::string_view origin) const {
  auto& headers = response.headers;
  headers.push_back({"Content-Security-Policy",
                     "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"});
  headers.push_back({"X-Content-Type-Options", "nosniff"});
  headers.push_back({"Referrer-Policy", "no-referrer"});
  headers.push_back(
      {"Cross-Origin-Resource-Policy", "same-origin"});  // CORS is another door, and has its list
  headers.push_back({"Vary", "Origin"});
  if (std::none_of(headers.begin(), headers.end(), [](const auto& h) { return h.name == "Cache-Control"; }))
    headers.push_back({"Cache-Control", "no-store"});
  if (allowed(origin)) {
    headers.push_back({"Access-Control-Allow-Origin", std::string(origin)});
    headers.push_back({"Access-Control-Expose-Headers", "Retry-After"});
  }
  return response;
}

HttpResponse HubServer::preflight(std::string_view origin) const {
  HttpResponse response;
  response.status = allowed(origin) ? 204 : 403;
  if (allowed(origin))
    response.headers = {{"Access-Control-Allow-Methods", "GET, POST"},
                        {"Access-Control-Allow-Headers", "content-type, machi-ticket"},
                        {"Access-Control-Max-Age", "7200"}};
  return dressed(std::move(response), origin);
}

HttpResponse HubServer::refused(int status, const HttpRequest& head) const {
  Response said = refusal(status == 413   ? Code::TooLarge
                          : status == 429 ? Code::TooMany
                                          : Code::BadInput,
                          status == 429 ? 2 : 0);
  HttpResponse response;
  response.status = status;
  response.content_type = said.content_type;
  response.body = std::move(said.body);
  if (status == 429) response.headers = {{"Retry-After", "2"}};
  count(route_name(head.method, head.target), status);
  return dressed(std::move(response), head.header("origin"));
}

void HubServer::serve(HttpRequest request, std::function<void(HttpResponse)> respond) {
  const std::string origin(request.header("origin"));
  const std::string_view route = route_name(request.method, request.target);
  if (request.method == "OPTIONS") {
    HttpResponse response = preflight(origin);
    count(route, response.status);
    return respond(std::move(response));
  }
  Request asked{std::move(request.method), std::move(request.target), std::move(request.body),
                std::string(request.header("machi-ticket")), std::move(request.address)};
  Job job{PostOffice::prepare(asked), route, origin, std::move(respond)};
  bool full = false;
  {
    const std::lock_guard lock(mutex_);
    full = finish_ || jobs_.size() >= options_.queue;
    if (!full) jobs_.push_back(std::move(job));
  }
  if (!full) return wake_.notify_one();
  log_.write(host::Event::Overloaded);
  count(route, 429);
  Response later = refusal(Code::TooMany, 1);
  HttpResponse response;
  response.status = later.status;
  response.content_type = later.content_type;
  response.headers = {{"Retry-After", "1"}};
  response.body = std::move(later.body);
  job.respond(dressed(std::move(response), origin));
}

void HubServer::count(std::string_view route, int status) const {
  if (options_.metrics != nullptr) options_.metrics->count_request(route, status);
}

void HubServer::stopping() { tell(Stop{}); }

void HubServer::tell(Note note) {
  {
    const std::lock_guard lock(mutex_);
    notes_.push_back(std::move(note));
  }
  wake_.notify_one();
}

void HubServer::forget_if_due() {
  const Instant now = clock_();
  if (forgot_ && now.ms - forgot_->ms < options_.forget_every_ms) return;
  forgot_ = now;
  const auto gone = office_.forget_covered_mail(now);
  if (!gone.ok()) return log_.write(host::Event::CommitRefused, {{"requests", std::int64_t{0}}});
  if (options_.metrics != nullptr) options_.metrics->forgotten += *gone;
}

void HubServer::work() {
  for (;;) {
    forget_if_due();
    std::vector<Job> jobs;
    std::vector<Note> notes;
    bool last = false;
    {
      std::unique_lock lock(mutex_);
      const auto ready = [&] { return !jobs_.empty() || !notes_.empty() || finish_; };
      if (streams_.empty())
        wake_.wait_for(lock, std::chrono::hours(1), ready);
      else
        wake_.wait_for(lock, std::chrono::milliseconds(office_.shared() ? options_.learn_ms : 1000), ready);
      const auto taken = static_cast<std::ptrdiff_t>(std::min(jobs_.size(), options_.batch));
      jobs.assign(std::make_move_iterator(jobs_.begin()), std::make_move_iterator(jobs_.begin() + taken));
      jobs_.erase(jobs_.begin(), jobs_.begin() + taken);
      notes.swap(notes_);
      last = finish_ && jobs_.empty();
      if (options_.metrics != nullptr) options_.metrics->waiting = static_cast<std::int64_t>(jobs_.size());
    }
    for (Note& note : notes) take(note);
    if (!jobs.empty()) carry_out(jobs);
    hear_others();
    look_after_streams();
    if (options_.metrics != nullptr) options_.metrics->streams = static_cast<std::int64_t>(streams_.size());
    if (last && jobs.empty()) break;
  }
  streams_.clear();
}

void HubServer::carry_out(std::vector<Job>& jobs) {
  std::vector<Prepared> batch;
  batch.reserve(jobs.size());
  for (Job& job : jobs) batch.push_back(std::move(job.prepared));
  std::vector<Response> responses = office_.commit(batch, clock_());
  const auto written =
      std::count_if(batch.begin(), batch.end(), [](const Prepared& p) { return writes(p.work); });
  if (options_.metrics != nullptr && written > 0)
    options_.metrics->count_batch(static_cast<std::size_t>(written));
  std::int64_t refused = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    Response& done = responses[i];
    HttpResponse response;
    response.status = done.status;
    if (done.status == 503) ++refused;
    count(jobs[i].route, done.status);
    response.content_type = std::move(done.content_type);
    response.body = std::move(done.body);
    for (Header& header : done.headers)
      response.headers.push_back({std::move(header.name), std::move(header.value)});
    if (done.stream)
      response.stream = [this, cursor = *done.stream](std::shared_ptr<host::HttpStream> stream) {
        tell(Opened{std::move(stream), cursor});
      };
    jobs[i].respond(dressed(std::move(response), jobs[i].origin));
  }
  if (refused > 0) log_.write(host::Event::CommitRefused, {{"requests", refused}});
}

void HubServer::take(Note& note) {
  if (auto* opened = std::get_if<Opened>(&note)) {
    if (stopped_) return opened->stream->close();
    const std::uint64_t id = next_stream_++;
    readers_[opened->cursor.mailbox].push_back(id);
    streams_[id] = Open{std::move(opened->stream), opened->cursor, clock_(), false, false};
    pump(id);  // what came while its beginning was on the way
  } else if (auto* written = std::get_if<Written>(&note)) {
    const auto found = streams_.find(written->stream);
    if (found == streams_.end()) return;
    if (!written->open) return end(written->stream, false);
    found->second.writing = false;
    if (found->second.behind) pump(written->stream);
  } else {
    stopped_ = true;
    while (!streams_.empty()) end(streams_.begin()->first, true);
  }
}

void HubServer::pump(std::uint64_t id) {
  Open& open = streams_.at(id);
  if (open.writing) {
    open.behind = true;
    return;
  }
  const Instant now = clock_();
  auto frames = office_.pull(open.cursor, now);
  if (!frames.ok() && frames.code() == Code::Storage && office_.shared()) {
    news_.push_back(
        open.cursor.mailbox);  // the database is away: the reader stays, and is served when it is back
    return;
  }
  if (!frames.ok()) return end(id, true);
  // A full answer may not be all: it is asked again when this one is on the way.
  open.behind = !frames->empty();
  Bytes piece = std::move(*frames);
  if (piece.empty()) {
    if (now.ms - open.last.ms < options_.idle_frame_ms) return;
    piece = idle_frame();
  }
  open.last = now;
  open.writing = true;
  open.stream->write(std::move(piece), [this, id](bool still_open) { tell(Written{id, still_open}); });
}

void HubServer::end(std::uint64_t id, bool say) {
  const auto found = streams_.find(id);
  if (say) found->second.stream->close();
  auto& readers = readers_[found->second.cursor.mailbox];
  std::erase(readers, id);
  if (readers.empty()) readers_.erase(found->second.cursor.mailbox);
  streams_.erase(found);
}

// What other processes on the same database took for the mailboxes that are read here. The numbers are asked
// for: no message waits for a notice to be delivered.
void HubServer::hear_others() {
  if (streams_.empty() || !office_.shared()) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - learned_ < std::chrono::milliseconds(options_.learn_ms)) return;
  learned_ = now;
  std::vector<MailboxId> read;
  for (const auto& [mailbox, ids] : readers_) read.push_back(mailbox);
  const auto news = office_.learn(read);
  if (news.ok()) news_.insert(news_.end(), news->begin(), news->end());
}

void HubServer::look_after_streams() {
  for (const MailboxId& mailbox : std::exchange(news_, {})) {
    const auto found = readers_.find(mailbox);
    if (found == readers_.end()) continue;
    const std::vector<std::uint64_t> ids = found->second;  // a pump may end a stream
    for (const std::uint64_t id : ids) pump(id);
  }
  const Instant now = clock_();
  std::vector<std::uint64_t> due;
  for (const auto& [id, open] : streams_)
    if (!open.writing && (open.cursor.until < now || now.ms - open.last.ms >= options_.idle_frame_ms))
      due.push_back(id);
  for (const std::uint64_t id : due) pump(id);
}

}  // namespace machi::hub
