// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/run/runfigures.h"

#include "ui/theme/theme.h"
#include "ui/widgets/numbertext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

constexpr int BarSteps = 1000;

/** Shows \a text whole; the room of a figure only grows, so that those beside it keep their place.
 */
void setFigure(QLabel *figure, const QString &text)
{
    figure->setText(text);
    figure->setMinimumWidth(std::max(figure->minimumWidth(), figure->sizeHint().width()));
}

QString endText(const RunProgress &progress)
{
    const QString failures = counted(qint64(progress.failed), RunFigures::tr("request failed"),
                                     RunFigures::tr("requests failed"));
    if (!progress.stopped)
        return progress.failed == 0 ? RunFigures::tr("✓ Finished, every request succeeded.")
                                    : RunFigures::tr("✕ Finished, %1.").arg(failures);
    const QString done = countLabel(qint64(progress.done));
    const QString stopped = progress.planned > 0
                                ? RunFigures::tr("Stopped after %1 of %2 requests")
                                      .arg(done, countLabel(qint64(progress.planned)))
                                : RunFigures::tr("Stopped after %1 requests").arg(done);
    return progress.failed == 0 ? stopped + u'.' : RunFigures::tr("%1, %2.").arg(stopped, failures);
}

} // namespace

RunFigures::RunFigures(QWidget *parent)
    : QWidget(parent), m_bar(new QProgressBar(this)), m_state(new QLabel(tr("Starting…"), this))
{
    m_bar->setRange(0, BarSteps);
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    m_bar->setAccessibleName(tr("Progress of the run"));
    auto *row = new QHBoxLayout;
    row->setSpacing(32);
    m_done = addFigure(row, tr("Done"));
    m_failed = addFigure(row, tr("Failed"));
    m_failed->setObjectName(u"runFailed"_s);
    m_elapsed = addFigure(row, tr("Elapsed"));
    m_left = addFigure(row, tr("Left"));
    m_state->setObjectName(u"runState"_s);
    // Two lines in a narrow window, which would otherwise take its width from the collection.
    m_state->setWordWrap(true);
    m_state->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    row->addWidget(m_state, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_bar);
    layout->addLayout(row);
}

QLabel *RunFigures::addFigure(QHBoxLayout *row, const QString &name)
{
    auto *column = new QVBoxLayout;
    column->setSpacing(2);
    auto *label = new QLabel(name, this);
    label->setFont(scaledFont(font(), 85));
    label->setForegroundRole(QPalette::PlaceholderText);
    auto *figure = new QLabel(u"–"_s, this);
    QFont big = scaledFont(font(), 138);
    big.setWeight(QFont::DemiBold);
    figure->setFont(tabularFont(big));
    figure->setMinimumWidth(96);
    figure->setAccessibleName(name);
    column->addWidget(label);
    column->addWidget(figure);
    row->addLayout(column);
    return figure;
}

void RunFigures::setFigures(const RunProgress &progress)
{
    if (progress.planned > 0) {
        m_bar->setValue(int(progress.done * BarSteps / progress.planned));
        setFigure(m_done, tr("%1 of %2")
                              .arg(countLabel(qint64(progress.done)),
                                   countLabel(qint64(progress.planned))));
    } else {
        setFigure(m_done, countLabel(qint64(progress.done)));
    }
    m_failures = progress.failed;
    setFigure(m_failed, countLabel(qint64(progress.failed)));
    colourFailed();
    setFigure(m_elapsed, durationLabel(progress.elapsedUs));
    setFigure(m_left, progress.leftUs < 0 ? u"–"_s : durationLabel(progress.leftUs));
}

void RunFigures::showProgress(const RunProgress &progress)
{
    setFigures(progress);
    m_state->setText(tr("Running. Change a limit below and see what it does."));
}

void RunFigures::showFinished(const RunProgress &progress)
{
    setFigures(progress);
    m_left->setText(u"–"_s);
    if (!progress.stopped)
        m_bar->setValue(BarSteps);
    m_state->setText(endText(progress));
}

void RunFigures::colourFailed()
{
    const Theme &theme = Theme::of(palette());
    tintText(m_failed, m_failures > 0 ? theme.bad : theme.text);
}

void RunFigures::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_failed)
        colourFailed();
}

} // namespace Sluice
