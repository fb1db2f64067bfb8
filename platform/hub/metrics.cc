// Counting under one lock, and the text that Prometheus scrapes.
#include "platform/hub/metrics.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace machi::hub {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

void head(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n");
  out.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

void sample(std::string& out, std::string_view name, const std::string& labels, const std::string& value) {
  out.append(name).append(labels).append(" ").append(value).append("\n");
}

void gauge(std::string& out, std::string_view name, std::string_view help, double value) {
  head(out, name, "gauge", help);
  sample(out, name, "", number(value));
}

double processor_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

double resident_bytes() {
  long all = 0, resident = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r"); file != nullptr) {
    if (std::fscanf(file, "%ld %ld", &all, &resident) != 2) resident = 0;
    std::fclose(file);
  }
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

}  // namespace

void Histogram::observe(double value) {
  const auto bucket = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
  counts_[static_cast<std::size_t>(bucket)] += 1;
  sum_ += value;
}

std::uint64_t Histogram::count() const {
  std::uint64_t sum = 0;
  for (const std::uint64_t bucket : counts_) sum += bucket;
  return sum;
}

void Histogram::write(std::string& out, std::string_view name, std::string_view help) const {
  head(out, name, "histogram", help);
  const std::string bucket = std::string(name) + "_bucket";
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    below += counts_[i];
    const std::string bound = i < bounds_.size() ? number(bounds_[i]) : "+Inf";
    sample(out, bucket, "{le=\"" + bound + "\"}", std::to_string(below));
  }
  sample(out, std::string(name) + "_sum", "", number(sum_));
  sample(out, std::string(name) + "_count", "", std::to_string(below));
}

HubMetrics::HubMetrics()
    : batches_({1, 2, 4, 8, 16, 32, 64, 128, 256}),
      durable_({0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1}) {}

void HubMetrics::count_request(std::string_view route, int status) {
  const std::lock_guard lock(mutex_);
  requests_[{std::string(route), status}] += 1;
}

void HubMetrics::count_batch(std::size_t requests) {
  const std::lock_guard lock(mutex_);
  batches_.observe(static_cast<double>(requests));
}

void HubMetrics::count_durable(double seconds) {
  const std::lock_guard lock(mutex_);
  durable_.observe(seconds);
}

std::string HubMetrics::text() const {
  std::string out;
  {
    const std::lock_guard lock(mutex_);
    head(out, "machi_hub_requests_total", "counter", "Requests answered, by route and status.");
    for (const auto& [name, count] : requests_)
      sample(out, "machi_hub_requests_total",
             "{route=\"" + name.first + "\",code=\"" + std::to_string(name.second) + "\"}",
             std::to_string(count));
    batches_.write(out, "machi_hub_commit_batch_size", "Writing requests in one transaction.");
    durable_.write(out, "machi_hub_fsync_seconds",
                   "Seconds from the order to commit until the disk had it, the sync included.");
  }
  gauge(out, "machi_hub_streams_open", "Event streams of readers that are open.",
        static_cast<double>(streams.load()));
  gauge(out, "machi_hub_requests_waiting", "Requests that wait for the writer.",
        static_cast<double>(waiting.load()));
  if (store_bytes)
    gauge(out, "machi_hub_store_bytes", "Size of the store on the disk, its log of changes included.",
          static_cast<double>(store_bytes()));
  if (rates != nullptr) {
    head(out, "machi_hub_rates_refused_total", "counter", "Requests refused because a rate was used up.");
    for (std::size_t i = 0; i < kPools.size(); ++i)
      sample(out, "machi_hub_rates_refused_total", "{rate=\"" + std::string(kPools[i]) + "\"}",
             std::to_string(rates->refused(static_cast<Pool>(i))));
  }
  if (rates != nullptr)
    gauge(out, "machi_hub_puzzle_bits", "Difficulty of the puzzle that unknown keys are asked for.",
          rates->puzzle_bits());
  head(out, "machi_hub_messages_forgotten_total", "counter",
       "Messages deleted because a snapshot covers them and ninety days have passed.");
  sample(out, "machi_hub_messages_forgotten_total", "", std::to_string(forgotten.load()));
  head(out, "process_cpu_seconds_total", "counter", "Processor time that this program has used.");
  sample(out, "process_cpu_seconds_total", "", number(processor_seconds()));
  gauge(out, "process_resident_memory_bytes", "Memory that this program holds.", resident_bytes());
  return out;
}

std::string_view MetricsService::route_name(std::string_view, std::string_view target) const {
  return target == "/metrics" ? "metrics" : "unknown";
}

void MetricsService::serve(host::HttpRequest request, std::function<void(host::HttpResponse)> respond) {
  host::HttpResponse response;
  response.headers = {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}};
  if (request.target != "/metrics") {
    response.status = 404;
  } else if (request.method != "GET") {
    response.status = 405;
  } else {
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = base::copy(base::view(metrics_.text()));
  }
  respond(std::move(response));
}

}  // namespace machi::hub
