/**
 * ffmpeg and ffprobe as hardened processes: the programs themselves ({@link
 * dev.dailies.media.MediaPrograms}), one run ({@link dev.dailies.media.FfmpegCommand}, {@link
 * dev.dailies.media.FfmpegProcess}), what a file is ({@link dev.dailies.media.Ffprobe}), and disk
 * space for media in work ({@link dev.dailies.media.Scratch}).
 */
@NullMarked
package dev.dailies.media;

import org.jspecify.annotations.NullMarked;
