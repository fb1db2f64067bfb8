// Requests and answers of libcups. Its own retries are out of play: each request has a connection of its own,
// and what was sent once is not sent again.
#include "platform/host/printer/ipp_printer.h"

#include <cups/cups.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <thread>

namespace machi::host {
namespace {

struct Close {
  void operator()(http_t* http) const { httpClose(http); }
};
struct Delete {
  void operator()(ipp_t* message) const { ippDelete(message); }
};
using Line = std::unique_ptr<http_t, Close>;
using Message = std::unique_ptr<ipp_t, Delete>;

constexpr int kConnect = 3'000;  // ms
constexpr const char* kUser = "kiosk";

struct Address {
  std::string host, resource;
  int port = 0;
  bool secure = false;
};

std::optional<Address> address_of(const std::string& uri) {
  std::array<char, 32> scheme{};
  std::array<char, 256> user{}, host{}, resource{};
  int port = 0;
  if (httpSeparateURI(HTTP_URI_CODING_ALL, uri.c_str(), scheme.data(), scheme.size(), user.data(),
                      user.size(), host.data(), host.size(), &port, resource.data(),
                      resource.size()) < HTTP_URI_STATUS_OK)
    return std::nullopt;
  return Address{host.data(), resource.data(), port, std::string_view(scheme.data()) == "ipps"};
}

int give_up(http_t*, void*) { return 0; }

struct Dialogue {
  explicit Dialogue(const IppPlan& of) : plan(of), address(address_of(of.uri)) {
    if (!address) return;
    line.reset(httpConnect2(address->host.c_str(), address->port, nullptr, AF_UNSPEC,
                            address->secure ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                            kConnect, nullptr));
    if (line) httpSetTimeout(line.get(), plan.seconds, give_up, nullptr);
  }
  Message request(ipp_op_t operation) const {
    Message out(ippNewRequest(operation));
    ippAddString(out.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, plan.uri.c_str());
    ippAddString(out.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, kUser);
    return out;
  }
  // Nothing when there is no answer at all.
  Message send(Message message, base::ByteView document = {}) {
    if (!line) return nullptr;
    const std::size_t length = ippLength(message.get()) + document.size();
    const http_status_t sent = cupsSendRequest(line.get(), message.get(), address->resource.c_str(), length);
    if (sent != HTTP_STATUS_CONTINUE && sent != HTTP_STATUS_OK) return nullptr;
    asked = true;
    if (!document.empty() && cupsWriteRequestData(line.get(), reinterpret_cast<const char*>(document.data()),
                                                  document.size()) != HTTP_STATUS_CONTINUE)
      return nullptr;
    return Message(cupsGetResponse(line.get(), address->resource.c_str()));
  }
  const IppPlan& plan;
  std::optional<Address> address;
  Line line;
  bool asked = false;
};

bool is_ok(const Message& answer) {
  return answer && ippGetStatusCode(answer.get()) < IPP_STATUS_REDIRECTION_OTHER_SITE;
}

std::optional<int> number(const Message& answer, const char* name, ipp_tag_t tag = IPP_TAG_ZERO) {
  ipp_attribute_t* found = ippFindAttribute(answer.get(), name, tag);
  if (found == nullptr) return std::nullopt;
  return ippGetInteger(found, 0);
}

std::vector<std::string> words(const Message& answer, const char* name) {
  std::vector<std::string> out;
  ipp_attribute_t* found = ippFindAttribute(answer.get(), name, IPP_TAG_ZERO);
  for (int i = 0; found != nullptr && i < ippGetCount(found); ++i)
    if (const char* word = ippGetString(found, i, nullptr); word != nullptr) out.emplace_back(word);
  return out;
}

void ask_for(ipp_t* request, std::initializer_list<const char*> names) {
  ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                static_cast<int>(names.size()), nullptr, std::data(names));
}

struct Job {
  int id = 0;
  std::string name;
  int state = 0;
};

// Nothing when the printer does not say.
std::optional<std::vector<Job>> jobs(const IppPlan& plan, const char* which) {
  Dialogue dialogue(plan);
  Message request = dialogue.request(IPP_OP_GET_JOBS);
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "which-jobs", nullptr, which);
  ask_for(request.get(), {"job-id", "job-name", "job-state"});
  const Message answer = dialogue.send(std::move(request));
  if (!is_ok(answer)) return std::nullopt;
  std::vector<Job> out;
  bool inside = false;
  for (ipp_attribute_t* at = ippFirstAttribute(answer.get()); at != nullptr;
       at = ippNextAttribute(answer.get())) {
    // Groups are kept apart by an attribute without a name.
    if (ippGetGroupTag(at) != IPP_TAG_JOB || ippGetName(at) == nullptr) {
      inside = false;
      continue;
    }
    if (!inside) out.emplace_back();
    inside = true;
    const std::string_view name = ippGetName(at);
    if (name == "job-id") out.back().id = ippGetInteger(at, 0);
    if (name == "job-state") out.back().state = ippGetInteger(at, 0);
    if (name == "job-name") out.back().name = ippGetString(at, 0, nullptr);
  }
  return out;
}

}  // namespace

std::string_view name_of(PrinterTrouble trouble) {
  switch (trouble) {
    case PrinterTrouble::PaperOut:
      return "paper-out";
    case PrinterTrouble::Jam:
      return "jam";
    case PrinterTrouble::CoverOpen:
      return "cover-open";
    case PrinterTrouble::TonerOut:
      return "toner-out";
    case PrinterTrouble::TrayMissing:
      return "tray-missing";
    case PrinterTrouble::OutputFull:
      return "output-full";
    case PrinterTrouble::Paused:
      return "paused";
    case PrinterTrouble::Other:
      return "other";
  }
  return "";
}

std::optional<PrinterTrouble> trouble_of(std::string_view reason) {
  if (reason.ends_with("-report") || reason == "none") return std::nullopt;
  const bool warning = reason.ends_with("-warning");
  if (warning) reason.remove_suffix(8);
  if (reason.ends_with("-error")) reason.remove_suffix(6);
  // Also as a warning: printers differ in what they call one, and a certificate is not begun on a chance.
  if (reason == "media-empty" || reason == "media-needed") return PrinterTrouble::PaperOut;
  if (reason == "media-jam") return PrinterTrouble::Jam;
  if (reason == "cover-open" || reason == "door-open" || reason == "interlock-open")
    return PrinterTrouble::CoverOpen;
  if (reason == "toner-empty" || reason == "marker-supply-empty" || reason == "marker-supply-missing")
    return PrinterTrouble::TonerOut;
  if (reason == "input-tray-missing") return PrinterTrouble::TrayMissing;
  if (reason == "output-area-full" || reason == "output-tray-missing") return PrinterTrouble::OutputFull;
  if (reason == "paused" || reason == "moving-to-paused" || reason == "shutdown" || reason == "timed-out")
    return PrinterTrouble::Paused;
  // What only tells: little left, saving power, warming up, and the like.
  if (warning || reason.ends_with("-low") || reason.ends_with("-almost-full") ||
      reason.ends_with("-almost-empty") || reason == "power-up" || reason == "idle" ||
      reason == "cups-waiting-for-job-completed")
    return std::nullopt;
  return PrinterTrouble::Other;
}

PrinterSeen IppPrinter::look() {
  Dialogue dialogue(plan_);
  Message request = dialogue.request(IPP_OP_GET_PRINTER_ATTRIBUTES);
  ask_for(request.get(), {"printer-state", "printer-state-reasons", "printer-is-accepting-jobs",
                          "printer-media-sheets-completed", "printer-impressions-completed"});
  const Message answer = dialogue.send(std::move(request));
  PrinterSeen out;
  if (!is_ok(answer)) return out;
  out.answers = true;
  for (const std::string& reason : words(answer, "printer-state-reasons"))
    if (const auto trouble = trouble_of(reason)) out.troubles.push_back(*trouble);
  const auto state = number(answer, "printer-state", IPP_TAG_ENUM);
  ipp_attribute_t* takes = ippFindAttribute(answer.get(), "printer-is-accepting-jobs", IPP_TAG_BOOLEAN);
  out.ready = out.troubles.empty() && state && *state != IPP_PSTATE_STOPPED &&
              (takes == nullptr || ippGetBoolean(takes, 0) != 0);
  // One-sided: a sheet is an impression.
  for (const char* name : {"printer-media-sheets-completed", "printer-impressions-completed"})
    if (const auto count = number(answer, name, IPP_TAG_INTEGER); count && *count >= 0 && !out.counter)
      out.counter = static_cast<std::uint64_t>(*count);
  const auto waiting = jobs(plan_, "not-completed");
  out.queue_empty = waiting && waiting->empty();
  return out;
}

Known IppPrinter::print(const PrintJob& job) {
  Dialogue dialogue(plan_);
  Message request = dialogue.request(IPP_OP_PRINT_JOB);
  const std::string name = job.ref.hex();
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", nullptr, name.c_str());
  // Another paper, tray or number of copies than asked for is no certificate: rather not at all.
  ippAddBoolean(request.get(), IPP_TAG_OPERATION, "ipp-attribute-fidelity", 1);
  ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr,
               "application/pdf");
  ippAddInteger(request.get(), IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", job.copies);
  ippAddString(request.get(), IPP_TAG_JOB, IPP_TAG_KEYWORD, "sides", nullptr, "one-sided");
  if (plan_.tray.empty()) {
    ippAddString(request.get(), IPP_TAG_JOB, IPP_TAG_KEYWORD, "media", nullptr, plan_.media.c_str());
  } else {
    const pwg_media_t* size = pwgMediaForPWG(plan_.media.c_str());
    const Message dimensions(ippNew()), column(ippNew());
    ippAddInteger(dimensions.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension",
                  size == nullptr ? 21000 : size->width);
    ippAddInteger(dimensions.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension",
                  size == nullptr ? 29700 : size->length);
    ippAddCollection(column.get(), IPP_TAG_ZERO, "media-size", dimensions.get());
    ippAddString(column.get(), IPP_TAG_ZERO, IPP_TAG_KEYWORD, "media-source", nullptr, plan_.tray.c_str());
    ippAddCollection(request.get(), IPP_TAG_JOB, "media-col", column.get());
  }
  if (!dialogue.line) return Known::No;
  const Message answer = dialogue.send(std::move(request), job.document);
  if (!answer) return dialogue.asked ? Known::Unknown : Known::No;
  if (!is_ok(answer)) return Known::No;
  if (const auto id = number(answer, "job-id", IPP_TAG_INTEGER)) jobs_[job.ref] = *id;
  return Known::Yes;
}

JobSeen IppPrinter::watch(const Ref& ref) {
  std::optional<int> state;
  JobSeen out;
  if (const auto known = jobs_.find(ref); known != jobs_.end()) {
    Dialogue dialogue(plan_);
    Message request = dialogue.request(IPP_OP_GET_JOB_ATTRIBUTES);
    ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", known->second);
    ask_for(request.get(), {"job-name", "job-state", "job-state-reasons", "job-media-sheets-completed",
                            "job-impressions-completed"});
    const Message answer = dialogue.send(std::move(request));
    if (!answer) return out;
    // A printer that was switched off and on counts its jobs anew: the name must be ours.
    const auto name = words(answer, "job-name");
    out.state = JobState::NotFound;
    if (!is_ok(answer) || name.empty() || name.front() != ref.hex()) return out;
    state = number(answer, "job-state", IPP_TAG_ENUM);
    for (const char* count : {"job-media-sheets-completed", "job-impressions-completed"})
      if (const auto sheets = number(answer, count, IPP_TAG_INTEGER); sheets && out.sheets == 0)
        out.sheets = std::max(0, *sheets);
  } else {
    for (const char* which : {"not-completed", "completed"}) {
      const auto found = jobs(plan_, which);
      if (!found) return out;
      for (const Job& job : *found)
        if (job.name == ref.hex()) state = job.state;
    }
    out.state = JobState::NotFound;
    if (!state) return out;
  }
  out.state = JobState::Silent;
  if (!state) return out;
  if (*state == IPP_JSTATE_COMPLETED) {
    out.state = JobState::Completed;
  } else if (*state >= IPP_JSTATE_STOPPED || *state == IPP_JSTATE_HELD) {
    out.state = JobState::Stopped;
  } else if (const PrinterSeen seen = look(); seen.answers) {
    out.state = seen.troubles.empty() ? JobState::Working : JobState::Stopped;
  }
  return out;
}

bool IppPrinter::clear() {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::seconds(plan_.clear_seconds);
  for (bool first = true;; first = false) {
    const auto waiting = jobs(plan_, "not-completed");
    if (!waiting) return false;
    if (waiting->empty()) return true;
    if (!first && Clock::now() > until) return false;
    for (const Job& job : *waiting) {
      Dialogue dialogue(plan_);
      Message request = dialogue.request(IPP_OP_CANCEL_JOB);
      ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job.id);
      static_cast<void>(dialogue.send(std::move(request)));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

}  // namespace machi::host
