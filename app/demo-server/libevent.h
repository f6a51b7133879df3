// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>

#include <QtGlobal>

#include <memory>

#include <sys/time.h>

namespace Sluice {

struct EventDeleter
{
    void operator()(event *e) const { event_free(e); }
    void operator()(event_base *b) const { event_base_free(b); }
    void operator()(evhttp *h) const { evhttp_free(h); }
    void operator()(evbuffer *b) const { evbuffer_free(b); }
};

using EventPtr = std::unique_ptr<event, EventDeleter>;
using EventBasePtr = std::unique_ptr<event_base, EventDeleter>;
using HttpPtr = std::unique_ptr<evhttp, EventDeleter>;
using BufferPtr = std::unique_ptr<evbuffer, EventDeleter>;

inline timeval timevalFromUs(qint64 us)
{
    return {us / 1'000'000, us % 1'000'000};
}

} // namespace Sluice
