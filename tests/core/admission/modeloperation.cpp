// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/admission/modeloperation.h"

#include "core/admission/ticket.h"

#include <array>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

using Kind = ModelOperation::Kind;
using Where = ModelOperation::Where;

struct Weight
{
    Kind kind;
    const char *name;
    int weight; ///< In a thousand.
};

constexpr std::array Weights{
    Weight{Kind::Enqueue, "enqueue", 390},
    Weight{Kind::Release, "release", 220},
    Weight{Kind::GiveBack, "giveBack", 20},
    Weight{Kind::Cancel, "cancel", 50},
    Weight{Kind::Stale, "stale", 20},
    Weight{Kind::Total, "total", 30},
    Weight{Kind::PerHost, "perHost", 20},
    Weight{Kind::Overrides, "overrides", 20},
    Weight{Kind::Adaptive, "adaptive", 12},
    Weight{Kind::Rate, "rate", 10},
    Weight{Kind::HostRate, "hostRate", 10},
    Weight{Kind::QueueMax, "queueMax", 8},
    Weight{Kind::QueueTimeout, "queueTimeout", 8},
    Weight{Kind::HoldMax, "holdMax", 4},
    Weight{Kind::Pause, "pause", 10},
    Weight{Kind::Resume, "resume", 20},
    Weight{Kind::Hold, "hold", 15},
    Weight{Kind::EndHold, "endHold", 10},
    Weight{Kind::Advance, "advance", 50},
    Weight{Kind::AdvanceToNext, "advanceToNext", 40},
    Weight{Kind::Sleep, "sleep", 28},
    Weight{Kind::JumpBack, "jumpBack", 4},
    Weight{Kind::Close, "close", 1},
};

/** Makes most of the tickets urgent and of one host, and keeps most of them queued. */
void flood(ModelOperation &operation)
{
    if (operation.kind == Kind::Enqueue && operation.b % 8 != 0) {
        operation.a = 0;
        operation.b = quint32(Priority::Interactive);
    } else if (operation.kind == Kind::Cancel || operation.kind == Kind::QueueTimeout) {
        operation.kind = Kind::Release;
    }
}

} // namespace

ModelOperations randomOperations(quint32 seed, int count)
{
    std::mt19937 random(seed);
    // Some runs hardly ever call back in, others do so all the time.
    const quint32 nestedOf1000 = std::array{0u, 50u, 300u}[random() % 3];
    // Some are floods: urgent tickets of one host, so many that the others must wait their turn.
    const bool isFlood = random() % 4 == 0;
    ModelOperations operations;
    operations.resize(std::size_t(count));
    for (ModelOperation &operation : operations) {
        int pick = int(random() % 1000);
        for (const Weight &weight : Weights) {
            operation.kind = weight.kind;
            pick -= weight.weight;
            if (pick < 0)
                break;
        }
        if (random() % 1000 < nestedOf1000)
            operation.where = random() % 2 == 0 ? Where::Client : Where::Observer;
        operation.a = quint32(random());
        operation.b = quint32(random());
        operation.c = quint32(random());
        if (isFlood)
            flood(operation);
    }
    return operations;
}

QString operationText(const ModelOperation &operation)
{
    QString text;
    for (const Weight &weight : Weights) {
        if (weight.kind == operation.kind)
            text = QString::fromLatin1(weight.name);
    }
    text += u" a=%1 b=%2 c=%3"_s.arg(operation.a).arg(operation.b).arg(operation.c);
    if (operation.where != Where::Outside)
        text += operation.where == Where::Client ? u" (in a client callback)"_s
                                                 : u" (in an observer callback)"_s;
    return text;
}

} // namespace Sluice
