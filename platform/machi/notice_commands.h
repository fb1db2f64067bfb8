// The commands over notices: segments, alerts, answers, the feed of notices. What command.h is for all. One
// thread, from start to end.
#pragma once

#include "platform/machi/command.h"
#include "platform/town/town_folder.h"

namespace machi::program {

Action declare_alert_read(CLI::App& options);
Action declare_ask(CLI::App& options);
Action declare_feed_export(CLI::App& options);
Action declare_feed_verify(CLI::App& options);
Action declare_notice_answers(CLI::App& options);
Action declare_notice_menu(CLI::App& options);
Action declare_notice_publish(CLI::App& options);
Action declare_notice_correct(CLI::App& options);
Action declare_notice_serve(CLI::App& options);
Action declare_notice_withdraw(CLI::App& options);
Action declare_push_keys(CLI::App& options);
Action declare_push_menu(CLI::App& options);
Action declare_push_serve(CLI::App& options);
Action declare_segment_match(CLI::App& options);

// The sample town's answers and menu.
base::Status publish_sample_booklets(const town::TownFolder& town, base::Instant now);

}  // namespace machi::program
