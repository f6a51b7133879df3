// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/flattable.h"

namespace Sluice {

class EventModel;
struct LiveSnapshot;

/** The events of the live view as a list; a double click or Enter goes to the time of one. */
class EventTable final : public FlatTable
{
    Q_OBJECT

public:
    explicit EventTable(QWidget *parent = nullptr);

    void showSnapshot(const LiveSnapshot &snapshot);

signals:
    void timeRequested(qint64 atUs);

private:
    EventModel *m_model;
};

} // namespace Sluice
